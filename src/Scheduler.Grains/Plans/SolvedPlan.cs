using System.Runtime.InteropServices;
using Scheduler.Solver;
using PlanReading = Scheduler.Solver.PlanReading;

namespace Scheduler.Grains;

/// <summary>Reads the plan that the solver's process has written.</summary>
internal static class SolvedPlan
{
    /// <summary>The plan of a file, or why there is none.</summary>
    public static PlanReading Read(ReadOnlyMemory<byte> file)
    {
        MemoryMarshal.TryGetArray(file, out var bytes);
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return PlanReader.Read(stream, CancellationToken.None);
    }
}
