using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Converts values to texts in columns and back. The texts are the same in both databases and readable in a shell. Add words, but never rename or remove one.
/// </summary>
internal static class RowText
{
    public static long Ticks(Instant instant) => instant.ToUnixTimeTicks();

    public static Instant Instant(long ticks) => NodaTime.Instant.FromUnixTimeTicks(ticks);

    public static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    public static string Of(DeliveryMode mode) => mode == DeliveryMode.Lab ? "lab" : "online";

    public static DeliveryMode Mode(string text) => text switch
    {
        "lab" => DeliveryMode.Lab,
        "online" => DeliveryMode.Online,
        _ => throw new InvalidDataException($"'{text}' is no delivery mode."),
    };

    public static string Of(Domain.BookingStatus status) => status == Domain.BookingStatus.Confirmed ? "confirmed" : "cancelled";

    public static Domain.BookingStatus BookingStatus(string text) => text switch
    {
        "confirmed" => Domain.BookingStatus.Confirmed,
        "cancelled" => Domain.BookingStatus.Cancelled,
        _ => throw new InvalidDataException($"'{text}' is no status of a booking."),
    };

    public static string Of(Domain.OperatorActKind kind) => kind switch
    {
        Domain.OperatorActKind.Cancelled => "cancelled",
        Domain.OperatorActKind.Moved => "moved",
        Domain.OperatorActKind.Resized => "resized",
        Domain.OperatorActKind.Shortfall => "shortfall",
        _ => "overridden",
    };

    public static Domain.OperatorActKind OperatorActKind(string text) => text switch
    {
        "cancelled" => Domain.OperatorActKind.Cancelled,
        "moved" => Domain.OperatorActKind.Moved,
        "resized" => Domain.OperatorActKind.Resized,
        "shortfall" => Domain.OperatorActKind.Shortfall,
        "overridden" => Domain.OperatorActKind.Overridden,
        _ => throw new InvalidDataException($"'{text}' is no act of an operator."),
    };

    public static string Of(Domain.HoldStatus status) => status switch
    {
        Domain.HoldStatus.Held => "held",
        Domain.HoldStatus.Confirmed => "confirmed",
        Domain.HoldStatus.Released => "released",
        _ => "lapsed",
    };

    public static Domain.HoldStatus HoldStatus(string text) => text switch
    {
        "held" => Domain.HoldStatus.Held,
        "confirmed" => Domain.HoldStatus.Confirmed,
        "released" => Domain.HoldStatus.Released,
        "lapsed" => Domain.HoldStatus.Lapsed,
        _ => throw new InvalidDataException($"'{text}' is no status of a hold."),
    };

    public static string Of(Domain.RequestStatus status) => status switch
    {
        Domain.RequestStatus.Queued => "queued",
        Domain.RequestStatus.Placed => "placed",
        Domain.RequestStatus.Withdrawn => "withdrawn",
        _ => "expired",
    };

    public static Domain.RequestStatus RequestStatus(string text) => text switch
    {
        "queued" => Domain.RequestStatus.Queued,
        "placed" => Domain.RequestStatus.Placed,
        "withdrawn" => Domain.RequestStatus.Withdrawn,
        "expired" => Domain.RequestStatus.Expired,
        _ => throw new InvalidDataException($"'{text}' is no status of a request."),
    };

    public static string Of(Domain.PlanStatus status) => status switch
    {
        Domain.PlanStatus.Running => "running",
        Domain.PlanStatus.Ready => "ready",
        Domain.PlanStatus.Applied => "applied",
        Domain.PlanStatus.Failed => "failed",
        _ => "cancelled",
    };

    public static Domain.PlanStatus PlanStatus(string text) => text switch
    {
        "running" => Domain.PlanStatus.Running,
        "ready" => Domain.PlanStatus.Ready,
        "applied" => Domain.PlanStatus.Applied,
        "failed" => Domain.PlanStatus.Failed,
        "cancelled" => Domain.PlanStatus.Cancelled,
        _ => throw new InvalidDataException($"'{text}' is no status of a plan."),
    };

    public static string Of(PlanFileKind kind) => kind switch
    {
        PlanFileKind.Instance => "instance",
        PlanFileKind.Plan => "plan",
        PlanFileKind.Entries => "entries",
        PlanFileKind.Lots => "lots",
        _ => "result",
    };

    /// <summary>The text of accommodations, such as <c>2x25 1x50</c>: candidates and their extra time in per cent.</summary>
    public static string Of(ImmutableArray<Accommodation> groups) =>
        groups.IsDefaultOrEmpty
            ? ""
            : string.Join(' ', groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Candidates}x{group.ExtraTimePercent}")));

    public static ImmutableArray<Accommodation> Accommodations(string text) =>
        [.. Parts(text, 'x').Select(part => new Accommodation(Number(part[0]), Number(part[1])))];

    /// <summary>Such as <c>0190…:30 0191…:5</c>: packs, and the vouchers drawn from each pack.</summary>
    public static string Of(ImmutableArray<VoucherDraw> draws) =>
        draws.IsDefaultOrEmpty
            ? ""
            : string.Join(' ', draws.Select(draw => string.Create(CultureInfo.InvariantCulture, $"{draw.Pack}:{draw.Vouchers}")));

    public static ImmutableArray<VoucherDraw> Vouchers(string text) =>
        [.. Parts(text, ':').Select(part => new VoucherDraw(new(Guid.Parse(part[0])), Number(part[1])))];

    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Parts(string text, char between) =>
        text.Length == 0 ? [] : text.Split(' ').Select(part => part.Split(between));
}
