using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// What a person wants to book, as the address of a page has it: exam, mode, seats, and groups with extra time. Every value is optional. A value that cannot be
/// read is left out and named in <see cref="Faults"/>.
/// </summary>
public sealed record Need
{
    /// <summary>The field of the exam.</summary>
    public const string ExamField = "exam";
    /// <summary>The field of the mode.</summary>
    public const string ModeField = "mode";
    /// <summary>The field of the seats.</summary>
    public const string SeatsField = "seats";
    /// <summary>The field of the candidates of a group, once for each group.</summary>
    public const string ExtraField = "extra";
    /// <summary>The field of the extra time of a group, once for each group.</summary>
    public const string PercentField = "percent";

    private const int TypedCharacters = 80;

    /// <summary>The exam.</summary>
    public Exam? Exam { get; private init; }

    /// <summary>Where the candidates sit.</summary>
    public DeliveryMode Mode { get; private init; } = DeliveryMode.Online;

    /// <summary>All candidates, those with extra time included.</summary>
    public int? Seats { get; private init; }

    /// <summary>Groups with extra time.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; private init; } = [];

    /// <summary>The terms that a booking keeps when it moves (R15); null when the terms are those of the exam.</summary>
    public ExamTerms? Terms { get; private init; }

    /// <summary>Names of the fields whose values were left out.</summary>
    public ImmutableArray<string> Faults { get; private init; } = [];

    /// <summary>The seats as typed, when they cannot be read.</summary>
    public string? TypedSeats { get; private init; }

    /// <summary>The groups as typed, each with its candidates and its extra time, when a value of the need cannot be read.</summary>
    public ImmutableArray<(string Candidates, string Percent)> TypedGroups { get; private init; } = [];

    /// <summary>Whether the need says enough to look for starts.</summary>
    public bool IsWhole => Exam is not null && Seats is not null;

    /// <summary>The seats of the block; an empty profile when the need is not whole.</summary>
    public SeatProfile Profile => Exam is { } exam && Seats is { } seats ? BlockLength.Profile(Terms ?? ExamTerms.Of(exam), seats, Accommodations) : default;

    /// <summary>Candidates with extra time.</summary>
    public int WithExtraTime => Accommodations.Sum(group => group.Candidates);

    /// <summary>The need with other seats and groups; the exam and the mode stay.</summary>
    public Need With(int seats, ImmutableArray<Accommodation> groups) => this with { Seats = seats, Accommodations = groups };

    /// <summary>The need that a sitting answers, under the sitting's own terms. Its exam may be retired.</summary>
    public static Need Of(Sitting sitting, Catalogue catalogue) => new()
    {
        Exam = catalogue.Exams.GetValueOrDefault(sitting.Exam)?.Value,
        Terms = sitting.Terms,
        Mode = sitting.Mode,
        Seats = sitting.Seats,
        Accommodations = sitting.Accommodations,
    };

    /// <summary>The need of a request. Its exam may be retired.</summary>
    public static Need Of(Request request, Catalogue catalogue) => new()
    {
        Exam = catalogue.Exams.GetValueOrDefault(request.Exam)?.Value,
        Mode = request.Mode,
        Seats = request.Seats,
        Accommodations = request.Accommodations,
    };

    /// <summary>The wish for this need at a start; null when the need is not whole.</summary>
    public BookingWish? Wish(PoolId pool, Instant start, string? reference = null) => Exam is not { } exam || Seats is not { } seats ? null : new()
    {
        Exam = exam.Id,
        Terms = Terms,
        Pool = pool,
        Start = start,
        Seats = seats,
        Mode = Mode,
        Accommodations = Accommodations,
        Reference = reference,
    };

    /// <summary>Reads the need from fields of a form or of an address.</summary>
    public static Need Read(IEnumerable<KeyValuePair<string, StringValues>> fields, Catalogue catalogue)
    {
        var values = new Dictionary<string, StringValues>(fields, StringComparer.Ordinal);
        var faults = ImmutableArray.CreateBuilder<string>();
        var seats = Number(values.GetValueOrDefault(SeatsField).FirstOrDefault(), Limits.Seats, SeatsField, faults);
        var exam = ExamOf(values.GetValueOrDefault(ExamField).FirstOrDefault(), catalogue, faults);
        var (counts, percents) = (values.GetValueOrDefault(ExtraField), values.GetValueOrDefault(PercentField));
        var groups = Groups(counts, percents, seats, faults);
        return new()
        {
            Exam = exam,
            Seats = seats,
            Mode = ModeOf(values.GetValueOrDefault(ModeField).FirstOrDefault(), exam),
            Accommodations = groups,
            Faults = [.. faults.Distinct()],
            TypedSeats = faults.Contains(SeatsField) ? Short(values.GetValueOrDefault(SeatsField).FirstOrDefault() ?? "") : null,
            TypedGroups = faults.Count == 0 ? [] : Typed(counts, percents),
        };
    }

    /// <summary>The values as fields of a form.</summary>
    public IEnumerable<(string Name, string Value)> Fields
    {
        get
        {
            if (Exam is { } exam)
                yield return (ExamField, exam.Id.Text);
            if (Exam is not null || Seats is not null)
                yield return (ModeField, TextForms.Mode.Write(Mode));
            if (Seats is { } seats)
                yield return (SeatsField, seats.ToString(CultureInfo.InvariantCulture));
            foreach (var group in Accommodations)
            {
                yield return (ExtraField, group.Candidates.ToString(CultureInfo.InvariantCulture));
                yield return (PercentField, group.ExtraTimePercent.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>
    /// The need as part of an address, such as <c>exam=excel&amp;mode=online&amp;seats=22&amp;extra=2&amp;percent=50</c>; empty without a value.
    /// </summary>
    public string Query() => string.Join('&', Fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    /// <summary>The fields of a form as part of an address, also those that cannot be read, so that the page of the form has them again.</summary>
    public static string Typed(IFormCollection form) => string.Join(
        '&', new[] { ExamField, ModeField, SeatsField, ExtraField, PercentField }.SelectMany(
            name => form[name].Take(Limits.Accommodations).Select(text => $"{name}={Uri.EscapeDataString(Short(text ?? ""))}")));

    private static ImmutableArray<(string Candidates, string Percent)> Typed(StringValues counts, StringValues percents) =>
    [
        .. counts.Take(Limits.Accommodations).Select((count, k) => (Short(count ?? ""), Short(k < percents.Count ? percents[k] ?? "" : "")))
            .Where(group => group.Item1.Length > 0),
    ];

    private static string Short(string text) => text.Length <= TypedCharacters ? text : text[..TypedCharacters];

    private static Exam? ExamOf(string? text, Catalogue catalogue, ImmutableArray<string>.Builder faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (ExamId.TryParse(text, out var id) && catalogue.Exams.TryGetValue(id, out var exam) && exam.Value.Retired is null)
            return exam.Value;
        faults.Add(ExamField);
        return null;
    }

    /// <summary>An exam that has one mode leaves no choice.</summary>
    private static DeliveryMode ModeOf(string? text, Exam? exam)
    {
        var mode = text == TextForms.Mode.Write(DeliveryMode.Lab) ? DeliveryMode.Lab : DeliveryMode.Online;
        return exam is null || exam.Modes.IsEmpty || exam.Modes.Contains(mode) ? mode : exam.Modes[0];
    }

    private static ImmutableArray<Accommodation> Groups(StringValues counts, StringValues percents, int? seats, ImmutableArray<string>.Builder faults)
    {
        var groups = ImmutableArray.CreateBuilder<Accommodation>();
        for (var k = 0; k < counts.Count && k < Limits.Accommodations; k++)
        {
            if (string.IsNullOrWhiteSpace(counts[k]) || counts[k] == "0")
                continue;
            var count = Number(counts[k], Limits.Seats, ExtraField, faults);
            var percent = Number(k < percents.Count ? percents[k] : null, Limits.ExtraTimePercent, PercentField, faults);
            if (count is { } candidates && percent is { } extra)
                groups.Add(new(candidates, extra));
        }

        if (groups.Sum(group => (long)group.Candidates) <= (seats ?? 0))
            return groups.ToImmutable();
        // Seats that cannot be read have a fault of their own, so nobody knows whether the groups are too many.
        if (!faults.Contains(SeatsField))
            faults.Add(ExtraField);
        return [];
    }

    private static int? Number(string? text, int greatest, string field, ImmutableArray<string>.Builder faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= greatest)
            return number;
        faults.Add(field);
        return null;
    }
}
