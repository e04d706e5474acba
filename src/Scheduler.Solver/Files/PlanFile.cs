using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Solver;

/// <summary>Writes plans and instances as streams, with source-generated code. <see cref="PlanReader"/> and <see cref="InstanceReader"/> read them.</summary>
public static class PlanFile
{
    /// <summary>Writes a plan in the format <c>exam-slot-plan/1</c>.</summary>
    /// <param name="plan">A checked plan.</param>
    /// <param name="stream">The target.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static Task Write(Plan plan, Stream stream, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, plan, FileJson.Default.Plan, cancel);


    /// <summary>Writes an instance in the format <c>exam-slot-instance/1</c>.</summary>
    /// <param name="instance">Any instance.</param>
    /// <param name="stream">The target.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static Task WriteInstance(Instance instance, Stream stream, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, new InstanceDocument(Instance.FormatWord, instance.Name, instance.SlotMinutes, instance.FairnessSlack,
            instance.Pools, instance.Institutions, instance.Requests), FileJson.Default.InstanceDocument, cancel);
}
