using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>An API key of the demonstration with its secret, which is shown once and not stored.</summary>
/// <param name="Role">The role of the key.</param>
/// <param name="Person">The person who gets the key: the role and, except for the operator, the institution.</param>
/// <param name="Secret">The text of the key.</param>
public sealed record DemoKey(Role Role, string Person, string Secret);
