using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Checks or books the rows of a series, one after another. Each row has an idempotency key of its own, so that a repeat books once. The key of a row that a
/// person wrote rests on the row's content: a form that is sent again with fewer rows still knows each of them.
/// </summary>
internal sealed class SeriesRun(ApiContext api, IInstitutionQueueGrain queue, Caller caller, CancellationToken cancellation)
{
    private const string HoldAct = "hold";

    /// <summary>Whether the idempotency key was used before for a series with other content (R13).</summary>
    public async Task<bool> IsKeyReused()
    {
        if (caller.Stamp is null)
            return false;
        foreach (var act in new[] { "book", "wait", HoldAct })
        {
            var known = await Task.WhenAll(Enumerable.Range(0, Limits.SeriesRows).Select(k => queue.Recall(CallerOf(act, k, null).Stamp!, cancellation)));
            if (known.Any(one => one is CommandResult<Snapshot>.KeyReused))
                return true;
        }

        return false;
    }

    /// <summary>Checks each row alone, without changing anything.</summary>
    public async Task<ImmutableArray<SeriesResult>> Check(ImmutableArray<SeriesRow> rows)
    {
        var results = ImmutableArray.CreateBuilder<SeriesResult>();
        foreach (var row in rows)
        {
            var answer = row.Wish is null ? null : await queue.Check(new(row.Wish), cancellation);
            results.Add(row.Wish is null || answer is null ? new(row, SeriesOutcome.Unread)
                : answer.WhyNot is { } why ? new(row, SeriesOutcome.Refused, why)
                : new(row, SeriesOutcome.Fits));
        }

        return results.ToImmutable();
    }

    /// <summary>Books what fits. A full block waits, when the reader wants so.</summary>
    public async Task<ImmutableArray<SeriesResult>> BookEach(ImmutableArray<SeriesRow> rows, bool waits)
    {
        var results = ImmutableArray.CreateBuilder<SeriesResult>();
        foreach (var (k, row) in rows.Index())
        {
            var result = row.Wish is null
                ? new(row, SeriesOutcome.Unread)
                : Of(row, await queue.Book(new(CallerOf("book", k, row), row.Wish), cancellation));
            if (waits && result is { Outcome: SeriesOutcome.Refused, Why: Refusal.SlotFull })
            {
                var joined = await queue.Join(new(CallerOf("wait", k, row), row.Wish!, Weight: 1), cancellation);
                result = joined is CommandResult<RequestSnapshot>.Done(var entry, _)
                    ? result with { Outcome = SeriesOutcome.Queued, Joined = entry.Request.Id }
                    : joined is CommandResult<RequestSnapshot>.Refused ? result : Of(row, joined);
            }

            results.Add(result);
        }

        return results.ToImmutable();
    }

    /// <summary>
    /// Books all rows or none: holds every block first, and confirms the holds when all blocks are held. The limits of live holds (R10) apply.
    /// </summary>
    public async Task<ImmutableArray<SeriesResult>> BookTogether(ImmutableArray<SeriesRow> rows)
    {
        var held = new List<(SeriesRow Row, Hold? Hold, SeriesResult? Refused)>();
        foreach (var (k, row) in rows.Index())
        {
            if (row.Wish is null)
            {
                held.Add((row, null, new(row, SeriesOutcome.Unread)));
                continue;
            }

            var result = await Hold(row, row.Wish, k);
            held.Add(result is CommandResult<HoldSnapshot>.Done(var made, _) ? (row, made.Hold, null) : (row, null, Of(row, result)));
        }

        var all = held.TrueForAll(one => one.Hold is not null);
        var results = ImmutableArray.CreateBuilder<SeriesResult>();
        foreach (var one in held)
        {
            if (one.Hold is { } hold && all)
                results.Add(Of(one.Row, await queue.Confirm(new(CallerOf("confirm", hold), hold.Id.Value, one.Row.Wish!.Reference), cancellation)));
            else if (one.Hold is { } other)
                results.Add(await Release(one.Row, other));
            else
                results.Add(one.Refused!);
        }

        return results.ToImmutable();
    }

    /// <summary>
    /// Holds the block of a row. A repeat gets the hold of the earlier sending. When that hold gave its seats back since, because another row was refused then
    /// or the hold lapsed, the row is held anew, under the key of the next try.
    /// </summary>
    private async Task<CommandResult<HoldSnapshot>> Hold(SeriesRow row, BookingWish wish, int k)
    {
        for (var tries = 1; ; tries++)
        {
            var act = tries == 1 ? HoldAct : string.Create(CultureInfo.InvariantCulture, $"{HoldAct}{tries}");
            var result = await queue.Hold(new(CallerOf(act, k, row), wish), cancellation);
            if (result is not CommandResult<HoldSnapshot>.Done(var first, IsReplay: true))
                return result;
            // The answer is that of the first sending: the ledger says what the hold is now.
            var hold = await api.Ledger.Read.Hold(first.Hold.Id, cancellation) ?? first.Hold;
            if (hold.Booking is not null || hold.IsLive(api.Clock.GetCurrentInstant()))
                return new CommandResult<HoldSnapshot>.Done(first with { Hold = hold });
        }
    }

    private async Task<SeriesResult> Release(SeriesRow row, Hold hold)
    {
        var result = await queue.Release(new(CallerOf("release", hold), hold.Id.Value), cancellation);
        return result is CommandResult<HoldSnapshot>.Done ? new(row, SeriesOutcome.LeftOut) : Of(row, result);
    }

    private Caller CallerOf(string act, int k, SeriesRow? row) => caller with
    {
        Stamp = caller.Stamp is not { } stamp ? null
            : row?.Mark is { } mark ? stamp with { Key = $"{stamp.Key}-{act}-{mark}", Hash = mark }
            : stamp with { Key = string.Create(CultureInfo.InvariantCulture, $"{stamp.Key}-{act}-{k}") },
    };

    /// <summary>The key of what becomes of a hold rests on the hold, because a row may be held more than once.</summary>
    private Caller CallerOf(string act, Hold hold) => caller with
    {
        Stamp = caller.Stamp is { } stamp ? stamp with { Key = $"{stamp.Key}-{act}-{hold.Id}", Hash = hold.Id.ToString() } : null,
    };

    private static SeriesResult Of<T>(SeriesRow row, CommandResult<T> result)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Done(BookingSnapshot made, _) => new(row, SeriesOutcome.Booked, Made: made),
            CommandResult<T>.Refused(var why) => new(row, SeriesOutcome.Refused, why),
            CommandResult<T>.Busy => new(row, SeriesOutcome.Refused, Fault: "busy"),
            CommandResult<T>.OutcomeUnknown => new(row, SeriesOutcome.Refused, Fault: "outcome_unknown"),
            CommandResult<T>.Unavailable => new(row, SeriesOutcome.Refused, Fault: "unavailable"),
            _ => new(row, SeriesOutcome.Refused, Fault: "stale"),
        };
}
