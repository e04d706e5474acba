using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>Writes and reads advice in the format <c>exam-slot-advice/1</c>, and reads changes of capacity.</summary>
public static class AdviceFile
{
    /// <summary>Writes advice.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="stream">The target.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static Task Write(Advice advice, Stream stream, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, advice, FileJson.Default.Advice, cancel);

    /// <summary>Reads advice that this program wrote.</summary>
    /// <param name="utf8">The content of the file.</param>
    /// <exception cref="JsonException">It is not advice.</exception>
    public static Advice Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, FileJson.Default.Advice) ?? throw new JsonException("null");

    /// <summary>Writes changes of capacity: a list of objects with the fields of <see cref="CapacityChange"/>.</summary>
    /// <param name="changes">The changes.</param>
    public static byte[] WriteChanges(IReadOnlyList<CapacityChange> changes) =>
        JsonSerializer.SerializeToUtf8Bytes([.. changes], FileJson.Default.CapacityChangeArray);

    /// <summary>Reads changes of capacity, and checks that they name pools of the instance.</summary>
    /// <param name="utf8">The content of the file.</param>
    /// <param name="instance">The instance that they are for.</param>
    /// <param name="fault">What is wrong with the file; null when nothing is.</param>
    /// <returns>The changes, empty with a fault.</returns>
    public static IReadOnlyList<CapacityChange> ReadChanges(ReadOnlySpan<byte> utf8, Instance instance, out string? fault)
    {
        try
        {
            CapacityChange[] changes = JsonSerializer.Deserialize(utf8, FileJson.Default.CapacityChangeArray) ?? [];
            var unknown = Array.FindIndex(changes, change => instance.Pools.All(pool => pool.Id != change.Pool));
            var tooMany = Array.FindIndex(changes, change => Math.Abs((long)change.Seats) > SizeLimits.Seats);
            fault = unknown >= 0 ? $"[{unknown}].pool: there is no pool {changes[unknown].Pool}"
                : tooMany >= 0 ? $"[{tooMany}].seats: more than {SizeLimits.Seats}" : null;
            return fault is null ? changes : [];
        }
        catch (JsonException wrong)
        {
            fault = $"{wrong.Path}: {wrong.Message}";
            return [];
        }
    }
}
