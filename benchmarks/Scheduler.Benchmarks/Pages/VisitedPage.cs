namespace Scheduler.Benchmarks;

/// <summary>A page that visitors open.</summary>
/// <param name="Name">What the figures call the page.</param>
/// <param name="Address">The address, without the host.</param>
/// <param name="Cell">A selector: what can be clicked.</param>
/// <param name="Then">A selector: what stands on the page that the click opens.</param>
internal sealed record VisitedPage(string Name, string Address, string Cell, string Then);
