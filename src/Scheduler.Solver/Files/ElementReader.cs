namespace Scheduler.Solver;

/// <summary>Reads the element of an array at which the reader is.</summary>
internal delegate T ElementReader<T>(ref JsonPull pull);
