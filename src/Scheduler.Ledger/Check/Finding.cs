namespace Scheduler.Ledger;

/// <summary>Something that does not add up in a ledger.</summary>
/// <param name="Rule">The rule it breaks, such as <c>R3</c>.</param>
/// <param name="Subject">What it is about: a slot, a booking, a pack, an institution.</param>
/// <param name="What">What is wrong, in words and figures.</param>
public sealed record Finding(string Rule, string Subject, string What)
{
    /// <inheritdoc />
    public override string ToString() => $"{Rule} {Subject}: {What}";
}
