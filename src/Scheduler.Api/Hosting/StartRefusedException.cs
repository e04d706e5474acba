namespace Scheduler.Api;

/// <summary>
/// The program does not start, for a reason that the operator can change. The message is one sentence or more for the operator; no stack trace is shown.
/// </summary>
internal sealed class StartRefusedException(ExitCode code, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    public ExitCode Code => code;
}
