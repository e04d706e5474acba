using System.Globalization;
using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>A local time in whole minutes, 00:00 to 24:00, written as <c>08:30</c>.</summary>
internal readonly record struct MinuteOfDay(int Minute)
{
    /// <summary>Midnight at the end of the day.</summary>
    public const int Last = 24 * 60;

    /// <summary>The text form.</summary>
    public static TextForm<MinuteOfDay> Form { get; } = new(
        TryRead, time => string.Create(CultureInfo.InvariantCulture, $"{time.Minute / 60:00}:{time.Minute % 60:00}"))
    {
        Describe = schema =>
        {
            schema.Type = (schema.Type & JsonSchemaType.Null ?? 0) | JsonSchemaType.String;
            (schema.Format, schema.Pattern) = (null, "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$");
        },
    };

    private static bool TryRead(string text, out MinuteOfDay value, out string remedy)
    {
        remedy = "must be a local time such as 08:30, at most 24:00";
        value = default;
        if (text.Length != 5 || text[2] != ':' || !text.Where((_, index) => index != 2).All(char.IsAsciiDigit))
            return false;
        var minute = ((text[3] - '0') * 10) + text[4] - '0';
        value = new(((((text[0] - '0') * 10) + text[1] - '0') * 60) + minute);
        return minute < 60 && value.Minute <= Last;
    }
}
