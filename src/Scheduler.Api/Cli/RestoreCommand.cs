using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The verb <c>restore</c>: checks a back-up and puts it into a folder as the embedded ledger.</summary>
internal static class RestoreCommand
{
    /// <summary>Restores into a folder, or, when the folder is null, into the folder that the settings name.</summary>
    public static async Task<ExitCode> Run(
        string file, string? folder, bool replace, string progress, string[] settings, TextWriter output, TextWriter error)
    {
        var faults = new List<string>();
        if (FileFaults.PathFault(file) is { } wrong)
            faults.Add($"'{file}' is no file to restore: {wrong}.");
        if (LedgerPlace.Folder("restore", folder, settings, faults) is not { } place || faults.Count > 0)
            return await Say(error, ExitCode.Usage, string.Join(Environment.NewLine, faults));
        if (!File.Exists(file))
        {
            var why = Directory.Exists(file) ? "this is a folder; give the file of a back-up" : "there is no such file";
            return await Say(error, ExitCode.Refused, $"{file}: {why}.");
        }

        using var signals = new TerminationSignals();
        try
        {
            RestoreOutcome outcome;
            await using (var display = ProgressDisplay.Of(progress, output))
                outcome = await LedgerRestore.Run(file, place, replace, SchedulerClock.Real().GetCurrentInstant(), new CopyReport(display), signals.Token);
            return await Say(outcome, file, place, progress, output, error);
        }
        catch (OperationCanceledException)
        {
            return await Say(error, ExitCode.Failed, "Cancelled: nothing was restored, and the folder is as before.");
        }
        catch (LedgerInUseException)
        {
            return await Say(error, ExitCode.Unavailable, $"A process uses the data folder {Path.GetFullPath(place)}: stop the server, then restore.");
        }
        catch (LedgerFolderException unusable)
        {
            return await Say(error, ExitCode.Unavailable, StartFaults.Expected(unusable)!.Message);
        }
        catch (Exception unwritten) when (FileFaults.IsOne(unwritten))
        {
            return await Say(error, ExitCode.Unavailable, $"{file} could not be restored into {Path.GetFullPath(place)}: {FileFaults.Why(unwritten)}.");
        }
        catch (Exception bug)
        {
            return await Say(error, ExitCode.Failed, $"The restore failed, and this is a bug: {bug}");
        }
    }

    private static async Task<ExitCode> Say(RestoreOutcome outcome, string file, string place, string progress, TextWriter output, TextWriter error)
    {
        var full = Path.GetFullPath(place);
        switch (outcome)
        {
            case RestoreOutcome.Restored restored:
                var kept = restored.Kept is { } old ? $" The ledger from before is {old}." : "";
                return progress == ProgressDisplay.None
                    ? ExitCode.Done
                    : await Say(output, ExitCode.Done, $"{full} has the ledger of {file}: {CopyTexts.Of(restored.Facts)}; the check found nothing.{kept}");
            case RestoreOutcome.Exists:
                return await Say(
                    error, ExitCode.Refused, $"{full} has a ledger already: give another --folder, or --replace to keep that ledger under another name.");
            case RestoreOutcome.Faulty faulty:
                foreach (var line in faulty.Fault is CopyFault.NotSound unsound ? CopyTexts.Findings(unsound.Findings) : [])
                    await output.WriteLineAsync(line);
                return await Say(
                    error, faulty.Fault is CopyFault.NotSound ? ExitCode.Found : ExitCode.Refused, $"Could not restore {file}: {CopyTexts.Of(faulty.Fault)}");
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
