namespace Scheduler.Solver;

/// <summary>An instance as the file has it, with the format word first.</summary>
internal sealed record InstanceDocument(string Format, string Name, int SlotMinutes, double FairnessSlack,
    IReadOnlyList<Pool> Pools, IReadOnlyList<Institution> Institutions, IReadOnlyList<Request> Requests);
