using System.Collections.Immutable;
using System.IO.Compression;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>Writes instances. The instance of a large season takes long to write, so this happens beside the scheduler of the grains.</summary>
internal static class InstanceFiles
{
    /// <summary>The instance as a file, compressed by gzip.</summary>
    public static Task<ImmutableArray<byte>> Compressed(Instance instance) => BesideGrains.Run(
        async () =>
        {
            var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                await PlanFile.WriteInstance(instance, gzip);
            return ImmutableArray.Create(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        },
        CancellationToken.None);

    /// <summary>Writes a file with the instance.</summary>
    public static Task Write(Instance instance, string path, CancellationToken cancellation) => BesideGrains.Run(
        async () =>
        {
            await using var file = File.Create(path);
            await PlanFile.WriteInstance(instance, file, cancellation);
        },
        cancellation);
}
