namespace Scheduler.Demo;

/// <summary>The season could not be loaded completely, because the ledger did not answer. The database then contains a part of the season.</summary>
public sealed class DemoInterruptedException(string message) : Exception(message);
