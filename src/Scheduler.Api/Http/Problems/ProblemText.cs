namespace Scheduler.Api;

/// <summary>The sentences of a problem document, for people.</summary>
internal readonly record struct ProblemText(string Title, string Detail);
