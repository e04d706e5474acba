using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a change of a thing would do, as a dry run says. Nothing was changed.</summary>
public sealed record EntryPreview
{
    private const int NamedBookings = 12;

    /// <summary>The version that the change was tried on; 0 for a new thing.</summary>
    public required int Version { get; init; }

    /// <summary>Bookings, holds and requests that the change touches.</summary>
    public required Touches Touches { get; init; }

    /// <summary>The first bookings that the change touches, by start.</summary>
    public required ImmutableArray<Booking> Bookings { get; init; }

    /// <summary>Code of the refusal; null when the change would be made.</summary>
    public required string? Refused { get; init; }

    /// <summary>Waiting requests that the change would end; null for a change that ends none.</summary>
    public int? Ends { get; init; }

    /// <summary>Whether the thing would stay as it is.</summary>
    public required bool IsSame { get; init; }

    /// <summary>What the change does to the dates that can be booked; null where it does nothing to them.</summary>
    public NoticeChange? Notice { get; init; }

    /// <summary>Tries a thing that is made or replaced; null when the dry run could not be made.</summary>
    internal static async Task<EntryPreview?> Try(PageContext page, CatalogueEntry entry) => await Read(
        page, await page.Api.CatalogueGrain.Put(new(new(page.Who, IsDryRun: true), entry, KeepsSame: true), page.Http.RequestAborted));

    /// <summary>Reads what the page shows of a dry run.</summary>
    /// <param name="page">The page.</param>
    /// <param name="result">The answer to the command of the dry run.</param>
    /// <returns>Null when the dry run could not be made.</returns>
    internal static async Task<EntryPreview?> Read(PageContext page, CommandResult<EntrySnapshot> result)
    {
        if (result is not CommandResult<EntrySnapshot>.Previewed(var run))
            return null;
        var (read, entry) = (page.Api.Ledger.Read, run.After.Entry);
        var bookings = entry is PolicyEntry
            ? []
            : await Task.WhenAll(run.Touches.Bookings.Take(NamedBookings).Select(id => read.Booking(id, page.Http.RequestAborted)));
        return new()
        {
            Version = run.Before?.Version ?? 0,
            Touches = run.Touches,
            Bookings = [.. bookings.OfType<Booking>().OrderBy(booking => booking.Sitting.Start)],
            Refused = run.Refused,
            Ends = run.Ends,
            IsSame = run.Before?.Version == run.After.Version,
            Notice = entry is PolicyEntry or SeasonEntry
                ? NoticeChange.Of(LeadTime.Day(page.Now, page.Zone), page.Catalogue, page.Catalogue.With(entry, run.After.Version))
                : null,
        };
    }
}
