using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Everything that the queue page shows.</summary>
internal sealed record QueueBoard
{
    public required Institution? School { get; init; }

    public required QueueTab Tab { get; init; }

    /// <summary>The requests of the tab: those that wait in the order of the queue, others the newest first.</summary>
    public required ImmutableArray<QueueLine> Lines { get; init; }

    /// <summary>How many requests each tab has.</summary>
    public required ImmutableDictionary<QueueTab, (int Requests, long Seats)> Counts { get; init; }

    /// <summary>The entry whose details are shown: the one that the address names, else the first; null for an empty tab.</summary>
    public QueueLine? Chosen { get; init; }

    /// <summary>What all schools ask of the hours of a chosen waitlist entry; empty for another entry.</summary>
    public ImmutableArray<AskedHour> Asked { get; init; } = [];

    /// <summary>How much of what the school asked for was served, and of what all schools asked for.</summary>
    public (ServedShare Own, ServedShare All) Served { get; init; }

    /// <param name="page">The request's page.</param>
    /// <param name="school">The school; null for an operator who names none.</param>
    /// <param name="tab">Which requests are shown.</param>
    /// <param name="entry">The id of the entry whose details are shown; null for the first.</param>
    public static async Task<QueueBoard> Read(PageContext page, Institution? school, QueueTab tab, string? entry)
    {
        if (school is null)
            return new() { School = null, Tab = tab, Lines = [], Counts = ImmutableDictionary<QueueTab, (int, long)>.Empty };
        var (read, cancellation) = (page.Api.Ledger.Read, page.Http.RequestAborted);
        var all = await WholeList.Read(cursor => read.Queue(school.Id, cursor, Limits.PageSize, cancellation));
        Guid[] waiting = [.. all.Where(request => request.Status == RequestStatus.Queued).Select(request => request.Id.Value)];
        var standings = waiting.Length == 0
            ? []
            : (await page.Api.Queue(school.Id).Standings(waiting, cancellation)).Standings.ToDictionary(standing => standing.Request);
        RequestId[] flexible = [.. all.Where(request => request is { IsFlexible: true, Status: RequestStatus.Queued }).Select(request => request.Id)];
        var plans = flexible.Length == 0 ? [] : (await read.PlanReasons(flexible, cancellation)).ToDictionary(reason => reason.Request);
        var (lines, ahead) = (ImmutableArray.CreateBuilder<QueueLine>(), new QueueAhead(read, cancellation));
        foreach (var request in all)
        {
            var standing = standings.GetValueOrDefault(request.Id.Value);
            var isWaiting = request.Status == RequestStatus.Queued && standing is not { IsOver: true };
            var (place, seats) = isWaiting ? await ahead.Of(request) : (null, null);
            lines.Add(new(request, isWaiting ? standing : null, TabOf(request, isWaiting), seats, place, plans.GetValueOrDefault(request.Id)));
        }

        // An address that names an entry shows the tab that has the entry.
        var named = lines.FirstOrDefault(line => line.Request.Id.ToString() == entry);
        tab = named?.Tab ?? tab;
        var shown = lines.Where(line => line.Tab == tab);
        ImmutableArray<QueueLine> listed = [.. tab == QueueTab.Queued ? shown : shown.Reverse()];
        var chosen = named ?? listed.FirstOrDefault();
        var served = await read.Served(ServedShare.Since(page.Now), cancellation);
        return new()
        {
            School = school,
            Tab = tab,
            Lines = listed,
            Chosen = chosen,
            Asked = chosen is { Tab: QueueTab.Queued, Request: { IsFlexible: false } waits }
                ? (await AskedSeats.Read(page, waits.Pool, waits.PreferredStart, SlotGrid.End(waits.PreferredStart, waits.Profile.Slots)))
                    .Of(waits.PreferredStart, waits.Profile)
                : [],
            Served = (ServedShare.Of(all, page.Now), new(served.Placed, served.Asked)),
            Counts = lines.GroupBy(line => line.Tab)
                .ToImmutableDictionary(group => group.Key, group => (group.Count(), group.Sum(line => (long)line.Request.Seats))),
        };
    }

    public (int Requests, long Seats) Count(QueueTab tab) => Counts.GetValueOrDefault(tab);

    private static QueueTab TabOf(Request request, bool isWaiting) => isWaiting ? QueueTab.Queued
        : request.Status == RequestStatus.Placed ? QueueTab.Placed
        : QueueTab.Ended;
}
