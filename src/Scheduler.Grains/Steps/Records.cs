using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Change rows and answers of one command, whose "after" is the answer's very body (R13, R15).</summary>
internal static class Records
{
    /// <summary>The principal in whose name the waitlist and the clockwork act.</summary>
    public static Principal System { get; } = new("scheduler", Role.Operator, null, "Scheduler");

    /// <summary>A success whose body is <paramref name="members"/>.</summary>
    public static Answer Success(int status, int version, string? location, Action<Utf8JsonWriter> members) =>
        new() { Status = status, Version = version, Location = location, Body = JsonText.Object(members) };

    /// <summary>204.</summary>
    public static Answer Done() => new() { Status = 204 };

    /// <summary>The first answer again, from the ledger: same status, body, ETag and location.</summary>
    public static Answer Replay(StoredAnswer stored)
    {
        if (stored.Status == 204 || stored.Body is null)
            return new() { Status = stored.Status, IsReplayed = true };
        using var body = JsonDocument.Parse(stored.Body);
        return new()
        {
            Status = stored.Status,
            Body = Encoding.UTF8.GetBytes(stored.Body),
            Version = body.RootElement.TryGetProperty("version", out var version) ? version.GetInt32() : 0,
            Location = stored.Status == 201 && body.RootElement.TryGetProperty("id", out var id) ? Location(stored.Kind, id.GetString()!) : null,
            IsReplayed = true,
        };
    }

    /// <summary>Where a thing that was made stands, under the API's base.</summary>
    public static string? Location(string kind, string id) => kind switch
    {
        "booking_made" or "hold_confirmed" => $"/bookings/{id}",
        "hold_made" => $"/holds/{id}",
        "request_made" => $"/requests/{id}",
        _ => null,
    };

    /// <summary>The row of a change of one institution.</summary>
    public static ChangeRecord Of(
        DecisionBasis basis, Caller caller, string kind, string subject, Answer answer, byte[]? before, string? why, bool notice = false, byte[]? after = null) => new()
        {
            At = basis.Now,
            Who = caller.Who.Id,
            Kind = kind,
            Subject = subject,
            Institution = basis.Institution.Id,
            Before = Text(before),
            After = Text(after ?? answer.Body),
            Why = why,
            Stamp = caller.Stamp,
            Status = answer.Status,
            Notice = notice,
        };

    /// <summary>A booking as its record shows it.</summary>
    public static byte[] View(Booking booking) => JsonText.Object(writer => BookingView.Write(writer, booking));

    /// <summary>A hold as its record shows it.</summary>
    public static byte[] View(Hold hold, NodaTime.Instant now) => JsonText.Object(writer => BookingView.Write(writer, hold, now));

    /// <summary>A request as its record shows it.</summary>
    public static byte[] View(Request request) => JsonText.Object(writer => BookingView.Write(writer, request, null, null));

    /// <summary>What vouchers set aside (and given back) do to packs, netted.</summary>
    public static ImmutableArray<PackDelta> Packs(ImmutableArray<VoucherDraw> given, ImmutableArray<VoucherDraw> taken)
    {
        if (given.IsEmpty && taken.Length <= 1)
            return taken.IsEmpty ? [] : [new(taken[0].Pack, taken[0].Vouchers)];
        var net = new SortedDictionary<PackId, int>();
        foreach (var draw in given)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) - draw.Vouchers;
        foreach (var draw in taken)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) + draw.Vouchers;
        return [.. net.Where(pair => pair.Value != 0).Select(pair => new PackDelta(pair.Key, pair.Value))];
    }

    public static ImmutableArray<SlotDelta> Deltas(ImmutableArray<SlotTouch> touches) =>
        touches.All(static touch => touch.ChangesRow)
            ? ImmutableArray.CreateRange(touches, static touch => touch.Delta)
            : [.. touches.Where(static touch => touch.ChangesRow).Select(static touch => touch.Delta)];

    private static string? Text(byte[]? json) => json is null ? null : Encoding.UTF8.GetString(json);
}
