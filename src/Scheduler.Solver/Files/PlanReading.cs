namespace Scheduler.Solver;

/// <summary>The result of reading a plan: the plan or its first fault.</summary>
public abstract record PlanReading
{
    private PlanReading()
    {
    }

    /// <summary>The file is a plan.</summary>
    /// <param name="Plan">The plan.</param>
    public sealed record Read(Plan Plan) : PlanReading;

    /// <summary>The file is refused.</summary>
    /// <param name="Place">The place of the fault, as a path such as <c>assignments[3].seats</c>; empty for the document itself.</param>
    /// <param name="Fault">The fault.</param>
    public sealed record Refused(string Place, string Fault) : PlanReading
    {
        /// <summary>Place and fault in one line.</summary>
        public string Message => Place.Length == 0 ? Fault : $"{Place}: {Fault}";
    }
}
