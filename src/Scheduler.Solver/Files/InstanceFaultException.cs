namespace Scheduler.Solver;

/// <summary>A fault inside the reader. <see cref="InstanceReader.Read"/> and <see cref="InstanceChecks.FirstFault"/> turn it into a value.</summary>
internal sealed class InstanceFaultException(string place, string fault) : Exception(fault)
{
    public string Place { get; } = place;

    public InstanceReading.Refused ToRefusal() => new(Place, Message);
}
