using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The table of text forms. The reader, the writer and the schema of each kind of value are defined only here. Body fields, query parameters, answers and the
/// OpenAPI document all use this table.
/// </summary>
internal static class TextForms
{
    private const int FirstYear = 2000;
    private const int LastYear = 2200;
    private const string SlugRemedy = "must be an id: 1 to 64 of a-z 0-9 - _, starting with a letter or digit";
    private static readonly HashSet<string> _zones = [.. DateTimeZoneProviders.Tzdb.Ids];
    private static readonly LocalDateTimePattern _localTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public static TextForm<PoolId> Pool { get; } = Slug<PoolId>(PoolId.TryParse, id => id.Text);

    public static TextForm<ExamId> Exam { get; } = Slug<ExamId>(ExamId.TryParse, id => id.Text);

    public static TextForm<InstitutionId> Institution { get; } = Slug<InstitutionId>(InstitutionId.TryParse, id => id.Text);

    public static TextForm<SeasonId> Season { get; } = Slug<SeasonId>(SeasonId.TryParse, id => id.Text);

    /// <summary>Such as <c>2026-12-07T14:00:00Z</c>, with up to nine decimals of a second; no other offset than Z.</summary>
    public static TextForm<Instant> Instant { get; } = new(TryInstant, InstantPattern.ExtendedIso.Format)
    {
        Describe = schema =>
        {
            Text(schema, "date-time", "Z$");
            schema.Examples = ["2026-12-07T14:00:00Z"];
        },
    };

    /// <summary>Such as <c>2026-12-07</c>.</summary>
    public static TextForm<LocalDate> Date { get; } = new(TryDate, LocalDatePattern.Iso.Format)
    {
        Describe = schema =>
        {
            Text(schema, "date", null);
            schema.Examples = ["2026-12-07"];
        },
    };

    /// <summary>Such as <c>2026-12-07T09:00</c>: a date and time of a zone's clock, in whole minutes. The zone stands elsewhere.</summary>
    public static TextForm<LocalDateTime> LocalTime { get; } = new(TryLocalTime, _localTime.Format)
    {
        Describe = schema =>
        {
            Text(schema, null, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$");
            schema.Examples = ["2026-12-07T09:00"];
        },
    };

    /// <summary>A zone by its id in the tz database.</summary>
    public static TextForm<DateTimeZone> Zone { get; } = new(TryZone, zone => zone.Id)
    {
        Describe = schema =>
        {
            Text(schema, null, null);
            schema.Description ??= "An IANA time zone.";
            schema.Examples = ["America/Toronto"];
        },
    };

    /// <summary>A whole hour, <c>00:00</c> to <c>24:00</c>.</summary>
    public static TextForm<WholeHour> Hour { get; } = new(TryHour, hour => string.Create(CultureInfo.InvariantCulture, $"{hour.Hour:00}:00"))
    {
        Describe = schema => Text(schema, null, "^([01][0-9]|2[0-4]):00$"),
    };

    public static TextForm<IsoDayOfWeek> Day { get; } = Choice(
        ("mon", IsoDayOfWeek.Monday), ("tue", IsoDayOfWeek.Tuesday), ("wed", IsoDayOfWeek.Wednesday), ("thu", IsoDayOfWeek.Thursday), ("fri",
        IsoDayOfWeek.Friday),
        ("sat", IsoDayOfWeek.Saturday), ("sun", IsoDayOfWeek.Sunday));

    public static TextForm<DeliveryMode> Mode { get; } = Choice(("lab", DeliveryMode.Lab), ("online", DeliveryMode.Online));

    public static TextForm<Role> Role { get; } = Choice(
        ("operator", Domain.Role.Operator), ("coordinator", Domain.Role.Coordinator), ("instructor", Domain.Role.Instructor), ("viewer", Domain.Role.Viewer),
        ("feed", Domain.Role.Feed));

    public static TextForm<LateVouchers> LateVouchers { get; } = Choice(("forfeit", Domain.LateVouchers.Forfeit), ("return", Domain.LateVouchers.Return));

    public static TextForm<BookingStatus> BookingStatus { get; } = Choice(
        ("confirmed", Domain.BookingStatus.Confirmed), ("cancelled", Domain.BookingStatus.Cancelled));

    public static TextForm<HoldStatus> HoldStatus { get; } = Choice(
        ("held", Domain.HoldStatus.Held), ("confirmed", Domain.HoldStatus.Confirmed), ("released", Domain.HoldStatus.Released), ("lapsed",
        Domain.HoldStatus.Lapsed));

    public static TextForm<RequestStatus> RequestStatus { get; } = Choice(
        ("queued", Domain.RequestStatus.Queued), ("placed", Domain.RequestStatus.Placed), ("withdrawn", Domain.RequestStatus.Withdrawn), ("expired",
        Domain.RequestStatus.Expired));

    /// <summary>true or false in a query. A body uses the JSON values true and false instead.</summary>
    public static TextForm<bool> Flag { get; } = new(TryFlag, flag => flag ? "true" : "false") { Describe = schema => schema.Type = JsonSchemaType.Boolean };

    /// <summary>The candidates of a booking, in a query.</summary>
    public static TextForm<int> Seats { get; } = Whole(1, Limits.Seats);

    /// <summary>The number of entries of a page, in a query.</summary>
    public static TextForm<int> PageSize { get; } = Whole(1, Limits.PageSize);

    /// <summary>Any text without control characters, in a query.</summary>
    public static TextForm<string> AnyText { get; } = new(
        (string text, out string value, out string remedy) =>
        {
            (value, remedy) = (text, "must be a text without control characters");
            return !text.Any(char.IsControl);
        },
        text => text)
    { Describe = schema => Text(schema, null, null) };

    /// <summary>A written reason, in a query.</summary>
    public static TextForm<string> Reason { get; } = new(
        (string text, out string value, out string remedy) =>
        {
            value = text;
            return PlainText.IsGood(text, Limits.ReasonCharacters, hasLines: true, out remedy);
        },
        text => text)
    {
        Describe = schema =>
        {
            Text(schema, null, null);
            (schema.MinLength, schema.MaxLength) = (1, Limits.ReasonCharacters);
        },
    };

    /// <summary>All forms that a body or an answer may have, by their types.</summary>
    public static IReadOnlyDictionary<Type, TextForm> ByType { get; } = new TextForm[]
    {
        Pool, Exam, Institution, Season, Instant, Date, LocalTime, Zone, Hour, MinuteOfDay.Form, Day, Mode, Role, LateVouchers, BookingStatus, HoldStatus,
        RequestStatus, PlanTexts.Movable, PlanTexts.Status, PlanTexts.Id, ImportKinds.Form, ImportKinds.Mode, ImportKinds.Action, ImportKinds.Status,
    }.ToDictionary(form => form.Type);

    public static TextForm<int> Whole(int least, int most) => new(
        (string text, out int value, out string remedy) =>
        {
            remedy = $"must be a whole number from {least} to {most}";
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
        },
        number => number.ToString(CultureInfo.InvariantCulture))
    {
        Describe = schema =>
        {
            schema.Type = JsonSchemaType.Integer;
            (schema.Minimum, schema.Maximum) = (least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        },
    };

    private static TextForm<T> Slug<T>(TryParse<T> parse, Func<T, string> write) => new(
        (string text, out T value, out string remedy) =>
        {
            remedy = SlugRemedy;
            return parse(text, out value);
        },
        write)
    { Describe = schema => Text(schema, null, "^[a-z0-9][a-z0-9_-]{0,63}$") };

    internal static TextForm<T> Choice<T>(params (string Word, T Value)[] words)
        where T : struct, Enum
    {
        var values = words.ToDictionary(pair => pair.Word, pair => pair.Value, StringComparer.Ordinal);
        var texts = words.ToDictionary(pair => pair.Value, pair => pair.Word);
        var need = $"must be {string.Join(", ", words[..^1].Select(pair => pair.Word))} or {words[^1].Word}";
        return new(
            (string text, out T value, out string remedy) =>
            {
                remedy = need;
                return values.TryGetValue(text, out value);
            },
            value => texts[value])
        { Describe = schema => OneOf(schema, [.. words.Select(pair => pair.Word)]) };
    }

    /// <summary>Makes a schema a choice of words.</summary>
    public static void OneOf(OpenApiSchema schema, string[] words)
    {
        Text(schema, null, null);
        schema.Enum = [.. words.Select(word => (JsonNode)word)];
    }

    private static void Text(OpenApiSchema schema, string? format, string? pattern)
    {
        schema.Type = (schema.Type & JsonSchemaType.Null ?? 0) | JsonSchemaType.String;
        (schema.Format, schema.Pattern) = (format, pattern);
    }

    private static bool TryInstant(string text, out Instant value, out string remedy)
    {
        remedy = $"must be an instant in UTC such as 2026-12-07T14:00:00Z, from {FirstYear} to {LastYear}";
        value = default;
        if (text.Length is < 20 or > 30 || text[^1] != 'Z' || (text.Length > 20 && text[19] != '.') || text[4] != '-')
            return false;
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        if (!parsed.TryGetValue(default, out value))
            return false;
        return value.InUtc().Year is >= FirstYear and <= LastYear;
    }

    private static bool TryDate(string text, out LocalDate value, out string remedy)
    {
        remedy = $"must be a date such as 2026-12-07, from {FirstYear} to {LastYear}";
        value = default;
        return text.Length == 10 && text[4] == '-'
            && LocalDatePattern.Iso.Parse(text).TryGetValue(default, out value) && value.Year is >= FirstYear and <= LastYear;
    }

    private static bool TryLocalTime(string text, out LocalDateTime value, out string remedy)
    {
        remedy = $"must be a local date and time such as 2026-12-07T09:00, without seconds and without Z or an offset, from {FirstYear} to {LastYear}";
        // The pattern reads 24:00 as midnight of the next day, and writes another text.
        return _localTime.Parse(text).TryGetValue(default, out value) && value.Year is >= FirstYear and <= LastYear && _localTime.Format(value) == text;
    }

    private static bool TryZone(string text, out DateTimeZone value, out string remedy)
    {
        remedy = $"must be an IANA time zone such as America/Toronto; '{(text.Length > 40 ? text[..40] + "…" : text)}' is not one";
        // The list of ids is checked first, because the provider also accepts ids such as UTC+03:12.
        var isKnown = _zones.Contains(text);
        value = isKnown ? DateTimeZoneProviders.Tzdb[text] : DateTimeZone.Utc;
        return isKnown;
    }

    private static bool TryHour(string text, out WholeHour value, out string remedy)
    {
        remedy = "must be a whole hour such as 08:00, at most 24:00";
        value = default;
        if (text.Length != 5 || !text.EndsWith(":00", StringComparison.Ordinal) || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
            return false;
        value = new(((text[0] - '0') * 10) + text[1] - '0');
        return value.Hour <= 24;
    }

    private static bool TryFlag(string text, out bool value, out string remedy)
    {
        remedy = "must be true or false";
        value = text == "true";
        return text is "true" or "false";
    }

    private delegate bool TryParse<T>(string? text, out T id);
}
