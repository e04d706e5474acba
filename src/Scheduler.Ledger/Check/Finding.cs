namespace Scheduler.Ledger;

/// <summary>An error that the check found in a ledger.</summary>
/// <param name="Rule">The broken rule, such as <c>R3</c>.</param>
/// <param name="Subject">The slot, booking, hold, pack or institution with the error.</param>
/// <param name="What">The error, in words and figures.</param>
public sealed record Finding(string Rule, string Subject, string What)
{
    /// <inheritdoc />
    public override string ToString() => $"{Rule} {Subject}: {What}";
}
