using System.Text;

namespace Scheduler.Api;

/// <summary>Decodes the text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.</summary>
/// <remarks>A file in another encoding, such as Windows-1252, is refused. Its letters could only be guessed, and a wrong guess would change names.</remarks>
internal static class FileText
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding _utf16 = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding _utf16BigEndian = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    /// <summary>The text without the mark; null for another encoding, and for bytes that are no text.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)_utf8, 3),
            [0xFF, 0xFE, ..] => (_utf16, 2),
            [0xFE, 0xFF, ..] => (_utf16BigEndian, 2),
            _ => (_utf8, 0),
        };
        try
        {
            var text = encoding.GetString(bytes[mark..]);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            // The caller says which encodings can be read.
            return null;
        }
    }
}
