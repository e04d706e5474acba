using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a reader of the audit asks for: the address of the page.</summary>
public sealed record AuditAsk
{
    /// <summary>The page.</summary>
    public const string Path = "/audit";

    private const int MostCharacters = 100;

    /// <summary>A part of a name, or an id of an author.</summary>
    public string Who { get; init; } = "";

    /// <summary>A kind of change or a group of kinds; null for anything.</summary>
    public AuditKinds? What { get; init; }

    /// <summary>The first day.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The last day.</summary>
    public LocalDate? To { get; init; }

    /// <summary>A kind and an id, an id, or a part of a name.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Whether only overrides and forces are asked for.</summary>
    public bool IsForced { get; init; }

    /// <summary>Where the list goes on; null for the newest changes.</summary>
    public string? Cursor { get; init; }

    /// <summary>The school that the address names, within the reader's reach.</summary>
    public Institution? School { get; init; }

    /// <summary>Whether one of the filters is set.</summary>
    public bool IsFiltered => Parts.Any();

    /// <summary>The filters that are set, by the names of their texts.</summary>
    public IEnumerable<string> Parts
    {
        get
        {
            if (Who.Length > 0)
                yield return "who";
            if (What is not null)
                yield return "what";
            if (From is not null || To is not null)
                yield return "dates";
            if (Subject.Length > 0)
                yield return "subject";
        }
    }

    /// <summary>Reads the address of the page.</summary>
    internal static AuditAsk Read(PageContext page)
    {
        return new()
        {
            Who = Text("who"),
            What = AuditKinds.Form.TryRead(Text("what"), out var what, out _) ? what : null,
            From = DateField.Read(Text("from")),
            To = DateField.Read(Text("to")),
            Subject = Text("subject"),
            IsForced = Text("show") == "forced",
            Cursor = Text("cursor") is { Length: > 0 } cursor ? cursor : null,
            School = SchoolReach.Named(page),
        };

        string Text(string name) =>
            page.Http.Request.Query[name].FirstOrDefault()?.Trim() is { Length: > 0 and <= MostCharacters } text ? text : "";
    }

    /// <summary>The same question without one filter.</summary>
    public AuditAsk Without(string part) => part switch
    {
        "who" => this with { Who = "", Cursor = null },
        "what" => this with { What = null, Cursor = null },
        "dates" => this with { From = null, To = null, Cursor = null },
        _ => this with { Subject = "", Cursor = null },
    };

    /// <summary>The same question without any filter.</summary>
    public AuditAsk Bare() => new() { IsForced = IsForced, School = School };

    /// <summary>What the ledger is asked: only what the reader may see (R14).</summary>
    internal AuditQuery ToQuery(PageContext page, DateTimeZone zone, int limit)
    {
        var who = page.Who;
        var subject = SubjectForm.Text.TryRead(Subject, out var one, out _) ? one : default(ChangeSubject?);
        return new()
        {
            Subject = subject,
            SubjectIds = Subject.Length > 0 && subject is null ? AuditSubjects.Like(Subject, page.Catalogue, page.Api.Accounts) : null,
            Who = Who.Length > 0 ? AuditAuthors.Like(Who, page.Catalogue, page.Api.Accounts) : null,
            Kinds = What?.All,
            HidesRefusalCounts = What is null && who.Role == Role.Operator,
            OnlyForced = IsForced,
            OnlyBookings = who.Role == Role.Instructor,
            Institutions = School is not null ? [School.Id] : who.Role == Role.Operator ? null : [.. page.InReach().Select(school => school.Id)],
            From = From is { } from ? zone.AtStartOfDay(from).ToInstant() : null,
            To = To is { } to ? zone.AtStartOfDay(to.PlusDays(1)).ToInstant() : null,
            IsNewestFirst = true,
            Cursor = Cursor,
            Limit = limit,
        };
    }

    /// <summary>The address of the same changes as a table.</summary>
    public string Table(DateTimeZone zone)
    {
        List<(string, string)> fields = [("format", "csv")];
        if (SubjectForm.Text.TryRead(Subject, out _, out _))
            fields.Add(("subject", Subject));
        if (Who.Length > 0)
            fields.Add(("who", Who));
        if (What is { } what)
            fields.Add(("what", what.Word));
        if (From is { } from)
            fields.Add(("from", TextForms.Instant.Write(zone.AtStartOfDay(from).ToInstant())));
        if (To is { } to)
            fields.Add(("to", TextForms.Instant.Write(zone.AtStartOfDay(to.PlusDays(1)).ToInstant())));
        if (School is not null)
            fields.Add(("institution", School.Id.Text));
        if (IsForced)
            fields.Add(("forced", "true"));
        return $"{ApiSetup.BasePath}/audit?{Joined(fields)}";
    }

    /// <summary>The fields of the address, in their order.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (School is not null)
            yield return ("school", School.Id.Text);
        if (IsForced)
            yield return ("show", "forced");
        if (Who.Length > 0)
            yield return ("who", Who);
        if (What is { } what)
            yield return ("what", what.Word);
        if (From is { } from)
            yield return ("from", TextForms.Date.Write(from));
        if (To is { } to)
            yield return ("to", TextForms.Date.Write(to));
        if (Subject.Length > 0)
            yield return ("subject", Subject);
        if (Cursor is { } cursor)
            yield return ("cursor", cursor);
    }

    /// <inheritdoc />
    public override string ToString() => Joined(Fields()) is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    private static string Joined(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
}
