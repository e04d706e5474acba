using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A second process that books and prints what was acknowledged, until it is killed or its disk fails.</summary>
public sealed class KilledProcess
{
    private const string FolderVariable = "SCHEDULER_TEST_LEDGER";
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P4_kill_9_in_the_middle_of_commits_loses_nothing_acknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
        var acknowledged = new HashSet<BookingId>();
        for (var round = 0; round < 4; round++)
        {
            using var child = Child(folder);
            for (var read = 0; read < 400;)
                read += Read(await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), acknowledged);
            child.Kill();
            while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                Read(line, acknowledged);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            await ShouldHold(folder, acknowledged);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task P4_a_failed_fsync_stops_the_process_and_loses_nothing_acknowledged()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        foreach (var when in new[] { 30, 61, 150 })
        {
            var folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
            var acknowledged = new HashSet<BookingId>();
            using var child = Child(folder, "/usr/bin/strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
                $"inject=fsync,fdatasync:error=EIO:when={when}+");
            while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                Read(line, acknowledged);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            child.ExitCode.ShouldNotBe(0, "it stopped instead of going on");
            await ShouldHold(folder, acknowledged);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task P4_a_failed_checkpoint_stops_the_process_and_loses_nothing_acknowledged()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
        await (await SeatLedger.Open(new() { DataDirectory = folder }, _clock, NullLoggerFactory.Instance, Token)).DisposeAsync();
        // Only a checkpoint writes to the database file itself: all its writes fail, those to the log succeed.
        var file = Path.Combine(folder, SqliteFolder.FileName);
        var acknowledged = new HashSet<BookingId>();
        using var child = Child(
            folder, "/usr/bin/strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-P", file, "-e", "trace=pwrite64,fdatasync,fsync",
            "-e", "inject=pwrite64,fdatasync,fsync:error=EIO");
        while (await child.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            Read(line, acknowledged);
            if (acknowledged.Count > 300_000)
                child.Kill(entireProcessTree: true);
        }

        await child.WaitForExitAsync(Token);
        acknowledged.Count.ShouldBeInRange(1_000, 300_000, "it booked until the first checkpoint, and stopped there");
        await ShouldHold(folder, acknowledged);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The child itself: 64 schools book until the end. Runs only when asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_books_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        await using var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, _clock, NullLoggerFactory.Instance, CancellationToken.None);
        await ledger.Commit(Making.Capacity(_clock.Now, 4, 100_000), Token);
        var outputLock = new Lock();
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await Task.WhenAll(Enumerable.Range(0, 64).Select(school => Task.Run(async () =>
        {
            var version = (await ledger.Read.Institution(Making.School(school), _clock.Now, 0, Token)).Version;
            while (true)
            {
                var change = Making.Book(_clock.Now, Making.Sitting(Making.School(school), school % 3, 2, 1), version++);
                (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
                lock (outputLock)
                    output.WriteLine($"booked {Making.BookingOf(change).Id}");
            }
        })));
    }

    private static int Read(string? line, HashSet<BookingId> acknowledged)
    {
        line.ShouldNotBeNull("the child ended by itself");
        // A line that the kill cut short acknowledges nothing.
        if (!line.StartsWith("booked ", StringComparison.Ordinal) || !Guid.TryParseExact(line["booked ".Length..], "D", out var id))
            return 0;
        return acknowledged.Add(new(id)) ? 1 : 0;
    }

    private static Process Child(string folder, params string[] wrapped)
    {
        string[] all = [.. wrapped, .. ChildTest.Command<KilledProcess>(nameof(Child_that_books_until_it_is_killed))];
        var start = new ProcessStartInfo(all[0]) { RedirectStandardOutput = true, RedirectStandardError = false };
        foreach (var argument in all.Skip(1))
            start.ArgumentList.Add(argument);
        start.Environment[FolderVariable] = folder;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>After the next start every acknowledged booking is there, and every slot has exactly the seats of its bookings.</summary>
    private async Task ShouldHold(string folder, HashSet<BookingId> acknowledged)
    {
        await using var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, _clock, NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);
        var stored = new Dictionary<BookingId, Booking>();
        for (var school = 0; school < 64; school++)
        {
            string? cursor = null;
            var count = 0L;
            do
            {
                var page = (await ledger.Read.Bookings(Making.School(school), BookingFilter.None, cursor, 500, Token))!;
                foreach (var booking in page.Entries)
                    stored.Add(booking.Id, booking);
                count += page.Entries.Length;
                cursor = page.Next;
            }
            while (cursor is not null);
            (await ledger.Read.Institution(Making.School(school), _clock.Now, 0, Token)).Version.ShouldBe(count);
        }

        acknowledged.ShouldBeSubsetOf(stored.Keys);
        foreach (var (slot, row) in await ledger.Read.Slots([.. Enumerable.Range(0, 4).Select(hour => Making.Slot(hour))], Token))
        {
            row.Booked.ShouldBe(stored.Values.Sum(booking => Enumerable.Range(0, booking.Sitting.Profile.Slots).Where(k => booking.Sitting.Slot(k) == slot)
                .Sum(k => booking.Sitting.Profile[k])));
        }
    }
}
