using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>peer</c>: a server that books in the same schema as programs on EF Core commonly do, with one context, tracked entities and one transaction for each
/// request. On SQLite the requests queue at a semaphore; without it they get SQLITE_BUSY and wait longer. On PostgreSQL the rows are locked by SELECT … FOR
/// UPDATE: first the slots, then the institution, then its pack.
/// </summary>
internal static class EfPeer
{
    private const int Committer = 900;
    private static readonly SemaphoreSlim _oneWriter = new(1);
    private static long _sequence;

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        var isPostgres = arguments.Value("provider") == "postgres";
        var database = arguments.Value("database")!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContextPool<PeerContext>(options => _ = isPostgres ? options.UseNpgsql(database) : options.UseSqlite($"Data Source={database}"));
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{arguments.Value("port")}");
        using (var scope = app.Services.CreateScope())
            _sequence = await scope.ServiceProvider.GetRequiredService<PeerContext>().Changes.MaxAsync(change => change.Sequence);
        var tokens = Enumerable.Range(0, BenchSeason.Institutions).Select(number => BenchSeason.Institution(number).Text).ToDictionary(id => Hash(Token(id)));
        app.MapGet("/ready", () => "ready");
        app.MapPost("/api/v1/institutions/{id}/bookings", async (string id, PeerWish wish, PeerContext db, HttpContext http) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!tokens.TryGetValue(Hash(header["Bearer ".Length..]), out var institution) || institution != id)
                return Results.Unauthorized();
            var stamp = new PeerStamp(http.Request.Headers["Idempotency-Key"].ToString(), Hash(JsonSerializer.Serialize(wish)));
            if (isPostgres)
                return await Book(db, id, wish, stamp, isPostgres);
            await _oneWriter.WaitAsync(http.RequestAborted);
            try
            {
                return await Book(db, id, wish, stamp, isPostgres);
            }
            finally
            {
                _oneWriter.Release();
            }
        });
        await app.RunAsync();
        return 0;
    }

    public static string Token(string institution) => $"peer-{institution}";

    private static async Task<IResult> Book(PeerContext db, string id, PeerWish wish, PeerStamp stamp, bool isPostgres)
    {
        var start = InstantPattern.ExtendedIso.Parse(wish.Start).GetValueOrThrow();
        var first = SlotMinutes.Of(start);
        int[] minutes = wish.Exam == "access-long" ? [first, first + 60] : [first];
        await using var transaction = await db.Database.BeginTransactionAsync();
        var slots = await (isPostgres
            ? db.Slots.FromSql($"select * from slots where pool = {wish.Pool} and minutes = any({minutes}) order by pool, minutes for update")
            : db.Slots.Where(slot => slot.Pool == wish.Pool && minutes.Contains(slot.Minutes))).ToListAsync();
        if (slots.Count < minutes.Length || slots.Any(slot => slot.Booked + slot.Held + wish.Seats > slot.Capacity))
            return Results.Conflict();
        var institution = await (isPostgres
            ? db.Institutions.FromSql($"select * from institutions where id = {id} for update")
            : db.Institutions.Where(one => one.Id == id)).SingleAsync();
        var pack = await (isPostgres
            ? db.Packs.FromSql($"select * from packs where institution = {id} order by id for update")
            : db.Packs.Where(one => one.Institution == id)).FirstAsync();
        if (pack.Taken + wish.Seats > pack.Quantity)
            return Results.UnprocessableEntity();
        foreach (var slot in slots)
        {
            slot.Booked += wish.Seats;
            slot.Version++;
        }

        institution.Version++;
        institution.Entries++;
        pack.Taken += wish.Seats;
        var now = MachineClock.Instance.GetCurrentInstant().ToUnixTimeTicks();
        var booking = new PeerBooking
        {
            Id = Guid.CreateVersion7().ToString(),
            Institution = id,
            Exam = wish.Exam,
            Pool = wish.Pool,
            StartMinutes = first,
            Slots = minutes.Length,
            Seats = wish.Seats,
            Profile = string.Join(',', minutes.Select(_ => wish.Seats)),
            Mode = wish.Mode,
            Accommodations = "",
            Reference = wish.Reference,
            Vouchers = $"{pack.Id}:{wish.Seats}",
            Status = "confirmed",
            Version = 1,
            Forfeited = "",
        };
        var sequence = Interlocked.Increment(ref _sequence);
        var view = new
        {
            id = booking.Id,
            institution = id,
            exam = wish.Exam,
            pool = wish.Pool,
            start = wish.Start,
            end = SlotMinutes.ToInstant(minutes[^1] + 60).ToString(),
            seats = wish.Seats,
            seatProfile = minutes.Select(_ => wish.Seats),
            mode = wish.Mode,
            accommodations = Array.Empty<object>(),
            reference = wish.Reference,
            overrideReason = (string?)null,
            vouchers = new[] { new { pack = pack.Id, vouchers = wish.Seats } },
            status = "confirmed",
            overseen = false,
            attended = (int?)null,
            version = 1,
        };
        db.Bookings.Add(booking);
        db.Changes.Add(new()
        {
            Committer = Committer,
            Sequence = sequence,
            Position = sequence,
            Batch = sequence,
            At = now,
            Who = id,
            Kind = "booking_made",
            Subject = booking.Id,
            Institution = id,
            After = JsonSerializer.Serialize(view),
            Caller = id,
            Key = stamp.Key,
            Hash = stamp.Hash,
            Touched = $"{wish.Pool}:{string.Join(',', minutes)}",
        });
        db.Trail.Add(new()
        {
            Institution = id,
            Entry = institution.Entries,
            At = now,
            Committer = Committer,
            Sequence = sequence,
            Position = sequence,
            Key = TextHash.Of($"{id} {stamp.Key}"),
            Booking = booking.Id,
            Ends = minutes[^1] + 60,
        });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return Results.Created($"/api/v1/bookings/{booking.Id}", view);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct PeerStamp(string Key, string Hash);
}
