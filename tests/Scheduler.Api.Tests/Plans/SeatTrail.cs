using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Tests;

/// <summary>
/// Plays the record of changes (<c>GET /audit</c>) back, row by row: where each booking sits at each version of the ledger, and how many seats each slot has
/// taken. Code of the tests alone.
/// </summary>
public sealed class SeatTrail
{
    private readonly Dictionary<string, Seat> _bookings = [];
    private readonly Dictionary<(string Pool, Instant Start), int> _taken = [];

    /// <summary>The bookings that stand after the last row.</summary>
    public IReadOnlyDictionary<string, Seat> Bookings => _bookings;

    /// <summary>The most seats that any slot had taken after any row. Within one commit a booking may stand before a cancellation that came later.</summary>
    public int MostTaken { get; private set; }

    /// <summary>The number of rows that changed seats.</summary>
    public int Rows { get; private set; }

    /// <summary>Plays the whole record back. The rows of one part of a plan's application follow each other and are one version.</summary>
    public static async Task<SeatTrail> Read(ApiClient @operator)
    {
        var (trail, version) = (new SeatTrail(), (string?)null);
        for (string? cursor = "", next; cursor is not null; cursor = next)
        {
            var page = (await @operator.Get($"/audit?limit=500{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Must(200).Root;
            foreach (var row in page.GetProperty("items").EnumerateArray())
            {
                if (SeatOf(row.GetProperty("after")) is null && SeatOf(row.GetProperty("before")) is null)
                {
                    trail.EndVersion();
                    version = null;
                    continue;
                }

                var plan = row.GetProperty("why").GetString() is { } why && why.StartsWith("plan/", StringComparison.Ordinal) ? why : null;
                if (plan is null || plan != version)
                    trail.EndVersion();
                version = plan;
                trail.Play(SeatOf(row.GetProperty("before")), SeatOf(row.GetProperty("after")), row.GetProperty("subject").GetString()!);
            }

            next = page.GetProperty("next").GetString();
        }

        trail.EndVersion();
        return trail;
    }

    private static Seat? SeatOf(JsonElement booking) =>
        booking.ValueKind == JsonValueKind.Object && booking.TryGetProperty("seatProfile", out var profile) && booking.TryGetProperty("start", out var start)
            ? new(
                booking.GetProperty("id").GetString()!, booking.GetProperty("pool").GetString()!,
                InstantPattern.ExtendedIso.Parse(start.GetString()!).Value,
                string.Join(',', profile.EnumerateArray().Select(seats => seats.GetInt32())), booking.GetProperty("status").GetString() == "confirmed")
            : null;

    private void Play(Seat? before, Seat? after, string row)
    {
        Rows++;
        if (before is { Sits: true })
        {
            // The row begins where the rows before have left the booking: the booking is in one place, and only there.
            _bookings.Remove(before.Booking, out var known).ShouldBeTrue(row);
            known.ShouldBe(before, row);
            Count(before, -1);
        }

        if (after is { Sits: true })
        {
            _bookings.TryAdd(after.Booking, after).ShouldBeTrue(row);
            Count(after, 1);
        }
    }

    private void Count(Seat seat, int sign)
    {
        var hour = seat.Start;
        foreach (var seats in seat.Profile.Split(',').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))
        {
            _taken[(seat.Pool, hour)] = _taken.GetValueOrDefault((seat.Pool, hour)) + (sign * seats);
            hour += Duration.FromHours(1);
        }
    }

    private void EndVersion() => MostTaken = Math.Max(MostTaken, _taken.Values.DefaultIfEmpty(0).Max());

    /// <summary>A booking in its place.</summary>
    public sealed record Seat(string Booking, string Pool, Instant Start, string Profile, bool Sits);
}
