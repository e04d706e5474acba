namespace Scheduler.Api;

/// <summary>R15: a forced change needs a written reason.</summary>
internal static class Forced
{
    public static void Check(bool? force, string? reason, FieldFaults faults)
    {
        if (force == true && reason is null)
            faults.Add("reason", "is required with force: say why the seats go");
    }
}
