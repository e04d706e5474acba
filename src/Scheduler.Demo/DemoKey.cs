namespace Scheduler.Demo;

/// <summary>An API key of the demonstration with its secret, which is shown once and not stored.</summary>
/// <param name="Person">The person who gets the key.</param>
/// <param name="Secret">The text of the key.</param>
public sealed record DemoKey(string Person, string Secret);
