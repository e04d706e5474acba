using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>How values stand in columns: the same in both databases, readable in a shell.</summary>
internal static class RowText
{
    public static long Ticks(Instant instant) => instant.ToUnixTimeTicks();

    public static Instant Instant(long ticks) => NodaTime.Instant.FromUnixTimeTicks(ticks);

    public static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    public static string Of(DeliveryMode mode) => mode == DeliveryMode.Lab ? "lab" : "online";

    public static DeliveryMode Mode(string text) => Enum.Parse<DeliveryMode>(text, ignoreCase: true);

    public static string Of(Domain.BookingStatus status) => status == Domain.BookingStatus.Confirmed ? "confirmed" : "cancelled";

    public static Domain.BookingStatus BookingStatus(string text) => Enum.Parse<Domain.BookingStatus>(text, ignoreCase: true);

    public static string Of(Domain.HoldStatus status) => status switch
    {
        Domain.HoldStatus.Held => "held",
        Domain.HoldStatus.Confirmed => "confirmed",
        Domain.HoldStatus.Released => "released",
        _ => "lapsed",
    };

    public static Domain.HoldStatus HoldStatus(string text) => Enum.Parse<Domain.HoldStatus>(text, ignoreCase: true);

    public static string Of(Domain.RequestStatus status) => status switch
    {
        Domain.RequestStatus.Queued => "queued",
        Domain.RequestStatus.Placed => "placed",
        Domain.RequestStatus.Withdrawn => "withdrawn",
        _ => "expired",
    };

    public static Domain.RequestStatus RequestStatus(string text) => Enum.Parse<Domain.RequestStatus>(text, ignoreCase: true);

    /// <summary>Such as <c>2x25 1x50</c>: candidates and their extra time in per cent.</summary>
    public static string Of(ImmutableArray<Accommodation> groups) =>
        groups.IsDefaultOrEmpty ? "" : string.Join(' ', groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Candidates}x{group.ExtraTimePercent}")));

    public static ImmutableArray<Accommodation> Accommodations(string text) => [.. Parts(text, 'x').Select(part => new Accommodation(Number(part[0]), Number(part[1])))];

    /// <summary>Such as <c>0190…:30 0191…:5</c>: packs and vouchers drawn from each.</summary>
    public static string Of(ImmutableArray<VoucherDraw> draws) =>
        draws.IsDefaultOrEmpty ? "" : string.Join(' ', draws.Select(draw => string.Create(CultureInfo.InvariantCulture, $"{draw.Pack}:{draw.Vouchers}")));

    public static ImmutableArray<VoucherDraw> Vouchers(string text) => [.. Parts(text, ':').Select(part => new VoucherDraw(new(Guid.Parse(part[0])), Number(part[1])))];

    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Parts(string text, char between) =>
        text.Length == 0 ? [] : text.Split(' ').Select(part => part.Split(between));
}

/// <summary>
/// What a change touched, in its row: <c>pool:minutes,minutes</c> for slots, <c>pool:*</c> for a pool whose capacity was set, <c>!</c> for the catalogue, <c>?id</c> for a request.
/// Ids have none of these signs in them.
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
                Next(text).Append(delta.Slot.Pool.Text).Append(':');
            text.Append(CultureInfo.InvariantCulture, $"{delta.Slot.Minutes}");
            pool = delta.Slot.Pool;
        }

        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CapacitySet set)
                Next(text).Append(set.Pool.Text).Append(":*");
            else if (row is RowWrite.RequestMade made)
                Next(text).Append('?').Append(made.Request.Id);
            else if (row is RowWrite.RequestChanged changed)
                Next(text).Append('?').Append(changed.Request.Id);
        }

        if (IsOfCatalogue(change))
            Next(text).Append('!');
        return text.ToString();
    }

    public static bool IsOfCatalogue(Change change) => change.Rows.Any(row => row is RowWrite.CataloguePut or RowWrite.KeyRevoked);

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
                var pool = PoolId.Of(token[..at]);
                slots.AddRange(token[(at + 1)..].Split(',').Select(minutes => new SlotHour(pool, RowText.Number(minutes))));
            }
        }

        return (slots.ToImmutable(), whole, catalogue, request);
    }

    private static StringBuilder Next(StringBuilder text) => text.Length == 0 ? text : text.Append(' ');
}
