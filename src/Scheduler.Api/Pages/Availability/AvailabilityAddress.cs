using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The address of a view of free seats. It holds all that the view shows, so that back, reload, a second tab and a link in a mail show the same, also without
/// script.
/// </summary>
public sealed record AvailabilityAddress
{
    /// <summary>The field of the pool.</summary>
    public const string PoolField = "pool";
    /// <summary>The field of the first day.</summary>
    public const string FromField = "from";
    /// <summary>The field of the selected start.</summary>
    public const string StartField = "start";
    /// <summary>The field of the school.</summary>
    public const string SchoolField = "school";
    /// <summary>The field of the booking that gets another start.</summary>
    public const string MoveField = "move";

    /// <summary>How many days the view shows.</summary>
    public AvailabilitySpan Span { get; init; } = AvailabilitySpan.Week;

    /// <summary>The pool.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>The first day of the view.</summary>
    public LocalDate? From { get; init; }

    /// <summary>What the reader wants to book.</summary>
    public Need Need { get; init; } = new();

    /// <summary>The start of the selected block.</summary>
    public Instant? Start { get; init; }

    /// <summary>The school for which an operator or a board's coordinator looks; null for the reader's own.</summary>
    public InstitutionId? School { get; init; }

    /// <summary>The booking that gets another start; null when somebody looks for a new booking.</summary>
    public BookingId? Move { get; init; }

    /// <summary>Fields that a form which changes the need must keep.</summary>
    public ImmutableArray<(string Name, string Value)> Kept => [.. Fields(withStart: false)];

    /// <summary>All fields, for a form that changes one of them.</summary>
    public IEnumerable<(string Name, string Value)> Whole => [.. Fields(withStart: false), .. Need.Fields];

    /// <summary>The fields without the need, as a part of an address.</summary>
    public string Query(bool withStart = true)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in Fields(withStart))
            query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        var need = Need.Query();
        return need.Length == 0 ? query.ToString() : query.Append(query.Length == 0 ? "" : "&").Append(need).ToString();
    }

    /// <inheritdoc />
    public override string ToString() => At(PathOf(Span), Query());

    /// <summary>The page that checks a block: what fits, or why not.</summary>
    public string Check(Instant start) => At(BookPaths.Check, (this with { Start = start, From = null }).Query());

    /// <summary>The form that holds a block, or moves the booking of the address to it.</summary>
    public string Hold(Instant start) => At(Move is { } move ? BookPaths.Move(move) : BookPaths.MakeHold, (this with { Start = start, From = null }).Query());

    /// <summary>The form that joins the waitlist for a block.</summary>
    public string Wait(Instant start) => At(BookPaths.Wait, (this with { Start = start, From = null, Move = null }).Query());

    /// <summary>The page that books several dates at once, filled in from a start.</summary>
    public string Series(Instant start) => At("/book/series", (this with { Start = start, From = null, Move = null }).Query());

    /// <summary>The page of a flexible request that wants to sit near a start.</summary>
    public string Ask(Instant start) => At(BookPaths.Ask, (this with { Start = start, From = null, Move = null }).Query());

    /// <summary>The form that sends a flexible request.</summary>
    public string SendAsk(Instant start) => At(BookPaths.SendAsk, (this with { Start = start, From = null, Move = null }).Query());

    /// <summary>Jumps to the first start that fits.</summary>
    public string FirstFit() => At("/availability/first", Query(withStart: false));

    /// <summary>The path of a view.</summary>
    public static string PathOf(AvailabilitySpan span) => span switch
    {
        AvailabilitySpan.Day => "/availability/day",
        AvailabilitySpan.Season => "/availability/season",
        _ => "/availability",
    };

    private static string At(string path, string query) => query.Length == 0 ? path : $"{path}?{query}";

    private IEnumerable<(string Name, string Value)> Fields(bool withStart)
    {
        if (School is { } school)
            yield return (SchoolField, school.Text);
        if (Move is { } move)
            yield return (MoveField, move.ToString());
        if (Pool is { } pool)
            yield return (PoolField, pool.Text);
        if (From is { } from)
            yield return (FromField, TextForms.Date.Write(from));
        if (withStart && Start is { } start)
            yield return (StartField, TextForms.Instant.Write(start));
    }
}
