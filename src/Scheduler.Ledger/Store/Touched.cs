using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Converts the list of what a change modified to a text and back. The text is a column of the change's row: <c>pool:minutes,minutes</c> for slots,
/// <c>pool:*</c> for a pool whose capacity was set, <c>!</c> for the catalogue, <c>?id</c> for a request, <c>#</c> for acts on bookings of any
/// institution. Ids contain none of these characters. Parts that a
/// later version adds are skipped when they contain no colon.
/// </summary>
internal static class Touched
{
    public static string Of(Change change)
    {
        var text = new StringBuilder();
        PoolId? pool = null;
        foreach (var delta in change.Slots.OrderBy(delta => delta.Slot))
        {
            if (pool == delta.Slot.Pool)
                text.Append(',');
            else
                Separated(text).Append(delta.Slot.Pool.Text).Append(':');
            text.Append(CultureInfo.InvariantCulture, $"{delta.Slot.Minutes}");
            pool = delta.Slot.Pool;
        }

        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CapacitySet set)
                Separated(text).Append(set.Pool.Text).Append(set.Force ? ":* #" : ":*");
            else if (row is RowWrite.RequestMade made)
                Separated(text).Append('?').Append(made.Request.Id);
            else if (row is RowWrite.RequestChanged changed)
                Separated(text).Append('?').Append(changed.Request.Id);
        }

        if (IsOfCatalogue(change))
            Separated(text).Append('!');
        return text.ToString();
    }

    public static bool IsOfCatalogue(Change change) => change.Rows.Any(row => row is RowWrite.CataloguePut);

    /// <summary>Whether the change may record an operator's act on bookings: a capacity that is lowered by force.</summary>
    public static bool ActsOnBookings(Change change) => change.Rows.Any(row => row is RowWrite.CapacitySet { Force: true });

    /// <inheritdoc cref="ActsOnBookings(Change)"/>
    public static bool ActsOnBookings(string text) => text.Split(' ').Contains("#");

    public static (ImmutableArray<SlotHour> Slots, PoolId? WholePool, bool Catalogue, RequestId? Request) Parse(string text)
    {
        var slots = ImmutableArray.CreateBuilder<SlotHour>();
        PoolId? whole = null;
        var catalogue = false;
        RequestId? request = null;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == "!")
                catalogue = true;
            else if (token[0] == '?')
                request = new(Guid.Parse(token.AsSpan(1)));
            else if (token.EndsWith(":*", StringComparison.Ordinal))
                whole = PoolId.Of(token[..^2]);
            else
            {
                var at = token.IndexOf(':', StringComparison.Ordinal);
                if (at <= 0)
                    continue;
                var pool = PoolId.Of(token[..at]);
                slots.AddRange(token[(at + 1)..].Split(',').Select(minutes => new SlotHour(pool, RowText.Number(minutes))));
            }
        }

        return (slots.ToImmutable(), whole, catalogue, request);
    }

    private static StringBuilder Separated(StringBuilder text) => text.Length == 0 ? text : text.Append(' ');
}
