using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The verb <c>backup</c>: copies the embedded ledger to a new file beside a running server, and checks the copy.</summary>
internal static class BackupCommand
{
    /// <summary>Backs up the ledger in a folder, or, when the folder is null, the ledger that the settings name.</summary>
    public static async Task<ExitCode> Run(
        string file, string? folder, string progress, string[] settings, TextWriter output, TextWriter error)
    {
        var faults = new List<string>();
        if (FileFaults.PathFault(file) is { } wrong)
            faults.Add($"'{file}' is no file to back up to: {wrong}.");
        if (LedgerPlace.Folder("backup", folder, settings, faults) is not { } place || faults.Count > 0)
            return await Say(error, ExitCode.Usage, string.Join(Environment.NewLine, faults));
        using var signals = new TerminationSignals();
        try
        {
            BackupOutcome outcome;
            await using (var display = ProgressDisplay.Of(progress, output))
                outcome = await LedgerBackup.Run(place, file, new CopyReport(display), signals.Token);
            return await Say(outcome, file, place, progress, output, error);
        }
        catch (OperationCanceledException)
        {
            return await Say(error, ExitCode.Failed, "Cancelled: no back-up was written.");
        }
        catch (LedgerRestoreInterruptedException interrupted)
        {
            return await Say(error, ExitCode.Unavailable, StartFaults.Expected(interrupted)!.Message);
        }
        catch (Exception unwritten) when (FileFaults.IsOne(unwritten))
        {
            return await Say(
                error, ExitCode.Unavailable, $"The ledger in {Path.GetFullPath(place)} could not be backed up to {file}: {FileFaults.Why(unwritten)}.");
        }
        catch (Exception bug)
        {
            return await Say(error, ExitCode.Failed, $"The back-up failed, and this is a bug: {bug}");
        }
    }

    private static async Task<ExitCode> Say(BackupOutcome outcome, string file, string place, string progress, TextWriter output, TextWriter error)
    {
        var ledger = $"the ledger in {Path.GetFullPath(place)}";
        switch (outcome)
        {
            case BackupOutcome.Written written:
                return progress == ProgressDisplay.None
                    ? ExitCode.Done
                    : await Say(output, ExitCode.Done, $"{file}: {CopyTexts.Of(written.Facts)}; the check found nothing.");
            case BackupOutcome.NoLedger:
                return await Say(error, ExitCode.Refused, $"Could not back up {ledger}: there is no {LedgerSettings.FileName}.");
            case BackupOutcome.Exists:
                return await Say(error, ExitCode.Refused, $"{file}: this exists already, and a back-up replaces nothing; give another name.");
            case BackupOutcome.Faulty { Fault: CopyFault.NotALedger or CopyFault.NewerSchema } other:
                return await Say(error, ExitCode.Refused, $"Could not back up {ledger}: {CopyTexts.Of(other.Fault)}");
            case BackupOutcome.Faulty faulty:
                foreach (var line in faulty.Fault is CopyFault.NotSound unsound ? CopyTexts.Findings(unsound.Findings) : [])
                    await output.WriteLineAsync(line);
                return await Say(error, ExitCode.Found, $"No back-up was written of {ledger}: {CopyTexts.Of(faulty.Fault)}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<ExitCode> Say(TextWriter writer, ExitCode code, string message)
    {
        await writer.WriteLineAsync(message);
        return code;
    }
}
