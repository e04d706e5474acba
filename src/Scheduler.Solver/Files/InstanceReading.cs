namespace Scheduler.Solver;

/// <summary>The result of reading an instance: the instance or its first fault.</summary>
public abstract record InstanceReading
{
    private InstanceReading()
    {
    }

    /// <summary>The file is a valid instance.</summary>
    /// <param name="Instance">The instance.</param>
    public sealed record Read(Instance Instance) : InstanceReading;

    /// <summary>The file is refused.</summary>
    /// <param name="Place">The place of the fault, as a path such as <c>requests[17].candidates[3].start</c>; empty for the document itself.</param>
    /// <param name="Fault">The fault.</param>
    public sealed record Refused(string Place, string Fault) : InstanceReading
    {
        /// <summary>Place and fault in one line.</summary>
        public string Message => Place.Length == 0 ? Fault : $"{Place}: {Fault}";
    }
}
