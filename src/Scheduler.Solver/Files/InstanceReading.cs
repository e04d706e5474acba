namespace Scheduler.Solver;

/// <summary>What became of reading an instance: an instance or its first fault.</summary>
public abstract record InstanceReading
{
    private InstanceReading()
    {
    }

    /// <summary>The file is a valid instance.</summary>
    /// <param name="Instance">What it says.</param>
    public sealed record Read(Instance Instance) : InstanceReading;

    /// <summary>The file is refused.</summary>
    /// <param name="Place">Where, as a path such as <c>requests[17].candidates[3].start</c>; empty for the document itself.</param>
    /// <param name="Fault">What is wrong there.</param>
    public sealed record Refused(string Place, string Fault) : InstanceReading
    {
        /// <summary>Place and fault in one line.</summary>
        public string Message => Place.Length == 0 ? Fault : $"{Place}: {Fault}";
    }
}

/// <summary>Carries a fault up to the reader's door, where it becomes a value.</summary>
internal sealed class InstanceFaultException(string place, string fault) : Exception(fault)
{
    public string Place { get; } = place;

    public InstanceReading.Refused ToRefusal() => new(Place, Message);
}
