using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A second process that backs up or restores, and is killed at each of its steps on the disk: at each rename, each deletion and each fsync.</summary>
public sealed class KilledCopy : IDisposable
{
    private const string Variable = "SCHEDULER_TEST_COPY";
    private readonly string _root = Directory.CreateTempSubdirectory("scheduler-copy-").FullName;
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string BackupFile => Path.Combine(_root, "backup.db");

    private string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<string> Steps() => ["/^rename", "/^unlink", "/^link", "/^f(data)?sync$"];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task P4_a_restore_that_is_killed_at_any_step_loses_neither_ledger(string step)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var (older, newer) = await Make();
        var count = 1;
        for (; ; count++)
        {
            CopyFolder("killed", Data);
            if (await IsComplete(step, count, "restore"))
                break;
            bool isRestored;
            try
            {
                isRestored = !await Has(Data, newer);
            }
            catch (LedgerRestoreInterruptedException)
            {
                (await LedgerRestore.Run(BackupFile, Data, replace: true, _clock.Now, new Progress<CopyStep>(), Token))
                    .ShouldBeOfType<RestoreOutcome.Restored>();
                isRestored = true;
            }

            (await Has(Data, older)).ShouldBeTrue();
            (await Has(Data, newer)).ShouldBe(!isRestored);
            if (isRestored)
                (await Has(Old(), newer)).ShouldBeTrue($"the old ledger is kept whole ({step} {count})");
        }

        (await Has(Data, newer)).ShouldBeFalse();
        (await Has(Old(), newer)).ShouldBeTrue();
        if (step.Contains("sync", StringComparison.Ordinal))
            count.ShouldBeGreaterThan(4, "the copy, the mark, the old ledger and the new one are written to disk one after the other");
        if (step.Contains("rename", StringComparison.Ordinal))
            count.ShouldBeGreaterThan(4, "the mark, the old log, the old ledger and the new ledger get their names one after the other");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task P4_a_backup_that_is_killed_at_any_step_leaves_a_whole_file_or_none(string step)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var (older, newer) = await Make();
        CopyFolder("killed", Data);
        for (var count = 1; ; count++)
        {
            File.Delete(BackupFile);
            var isComplete = await IsComplete(step, count, "backup");
            if (File.Exists(BackupFile))
            {
                var folder = Path.Combine(_root, "new");
                (await LedgerRestore.Run(BackupFile, folder, replace: true, _clock.Now, new Progress<CopyStep>(), Token))
                    .ShouldBeOfType<RestoreOutcome.Restored>();
                (await Has(folder, newer)).ShouldBeTrue();
                Directory.Delete(folder, recursive: true);
            }

            if (isComplete)
                break;
        }

        File.Exists(BackupFile).ShouldBeTrue();
        (await Has(Data, older)).ShouldBeTrue();
        (await Has(Data, newer)).ShouldBeTrue();
    }

    /// <summary>The child itself. Runs only when asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_copies()
    {
        var words = Environment.GetEnvironmentVariable(Variable)!.Split('\n');
        var now = _clock.Now;
        if (words[0] == "backup")
            (await LedgerBackup.Run(words[1], words[2], new Progress<CopyStep>(), Token)).ShouldBeOfType<BackupOutcome.Written>();
        else
            (await LedgerRestore.Run(words[2], words[1], replace: true, now, new Progress<CopyStep>(), Token)).ShouldBeOfType<RestoreOutcome.Restored>();
    }

    /// <summary>Makes a back-up with one booking, and the folder <c>killed</c> as a killed process leaves it: a second booking is in the log alone.</summary>
    private async Task<(BookingId Older, BookingId Newer)> Make()
    {
        var folder = Path.Combine(_root, "made");
        await using var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, _clock, NullLoggerFactory.Instance, Token);
        var season = new SoundSeason(_clock.Now);
        await season.Make(ledger);
        var older = await season.Book(ledger, 1);
        (await LedgerBackup.Run(folder, BackupFile, new Progress<CopyStep>(), Token)).ShouldBeOfType<BackupOutcome.Written>();
        var newer = await season.Book(ledger, 1);
        var killed = Directory.CreateDirectory(Path.Combine(_root, "killed")).FullName;
        foreach (var file in (string[])["ledger.db", "ledger.db-wal"])
            File.Copy(Path.Combine(folder, file), Path.Combine(killed, file));
        return (older, newer);
    }

    private async Task<bool> Has(string folder, BookingId booking)
    {
        await using var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, _clock, NullLoggerFactory.Instance, Token);
        return await ledger.Read.Booking(booking, Token) is not null;
    }

    /// <summary>The ledger that the restore kept, in a folder of its own.</summary>
    private string Old()
    {
        var folder = Path.Combine(_root, "old");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Data, "ledger-before-*"))
            File.Copy(file, Path.Combine(folder, file.EndsWith("-wal", StringComparison.Ordinal) ? "ledger.db-wal" : "ledger.db"));
        File.Exists(Path.Combine(folder, "ledger.db")).ShouldBeTrue();
        return folder;
    }

    private void CopyFolder(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(Path.Combine(_root, from)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>Runs the child, which is killed at this call of the system. True when the child ended before that call.</summary>
    private async Task<bool> IsComplete(string step, int count, string verb)
    {
        string[] words =
        [
            // Without --seccomp-bpf: with that option strace does not count the calls, and kills at the first call alone.
            "-f", "-o", "/dev/null", "-e", $"trace={step}", "-e",
            string.Create(CultureInfo.InvariantCulture, $"inject={step}:signal=KILL:when={count}"),
            .. ChildTest.Command<KilledCopy>(nameof(Child_that_copies)),
        ];
        var start = new ProcessStartInfo("/usr/bin/strace", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = $"{verb}\n{Data}\n{BackupFile}";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var said = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        if (process.ExitCode is not (0 or 137))
            throw new InvalidOperationException(said + await errors);
        return process.ExitCode == 0;
    }
}
