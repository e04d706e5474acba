using System.Globalization;
using System.Text;
using QRCoder;

namespace Scheduler.Api;

/// <summary>A QR code as the path of an SVG: one line of squares for each run of dark modules.</summary>
internal static class QrPath
{
    /// <summary>The path, and the number of modules of a side, the quiet zone included.</summary>
    public static (string Path, int Modules) Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var rows = data.ModuleMatrix;
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (!rows[y][x])
                    continue;
                var end = x;
                while (end < rows[y].Count && rows[y][end])
                    end++;
                path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{end - x}v1h-{end - x}z");
                x = end;
            }
        }

        return (path.ToString(), rows.Count);
    }
}
