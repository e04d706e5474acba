using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of an exam.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExamBody : ICheckedBody, IEntryBody
{
    [IdOfPath]
    [Description("The same id as in the path. May be left out.")]
    public string? Id { get; init; }

    [Line]
    public required string Programme { get; init; }

    [Line]
    public required string Name { get; init; }

    [Range(1, Limits.ExamMinutes)]
    public required int Minutes { get; init; }

    [Range(0, Limits.MarginMinutes)]
    [DefaultValue(0)]
    public int? CheckInMinutes { get; init; }

    [Range(0, Limits.MarginMinutes)]
    [DefaultValue(0)]
    public int? ResetMinutes { get; init; }

    [MinLength(1)]
    [MaxLength(Limits.ExamPools)]
    [Description("The pools that can serve the exam. Each pool must exist already.")]
    public required PoolId[] Pools { get; init; }

    [MinLength(1)]
    [MaxLength(2)]
    public required DeliveryMode[] Modes { get; init; }

    [Ignored]
    [Description("The instant that a GET shows. The server ignores this field: DELETE retires, and PUT brings back.")]
    public JsonElement? Retired { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why, for the record. A GET does not show the reason; the audit does.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        Distinct("pools", Pools, faults);
        Distinct("modes", Modes, faults);
    }

    /// <summary>Adds a fault for each pool that does not exist. Every booking of an exam without an existing pool would be refused.</summary>
    public void CheckPools(Catalogue catalogue, FieldFaults faults)
    {
        for (var index = 0; index < Pools.Length; index++)
        {
            if (!catalogue.Pools.ContainsKey(Pools[index]))
                faults.Add($"pools[{index}]", $"must be an existing pool; there is no pool '{Pools[index]}'");
        }
    }

    public Exam ToExam(ExamId id) => new()
    {
        Id = id,
        Programme = Programme,
        Name = Name,
        Minutes = Minutes,
        CheckInMinutes = CheckInMinutes ?? 0,
        ResetMinutes = ResetMinutes ?? 0,
        Pools = [.. Pools],
        Modes = [.. Modes],
    };

    private static void Distinct<T>(string name, T[] entries, FieldFaults faults)
    {
        if (entries.Length == 0 || entries.Distinct().Count() < entries.Length)
            faults.Add(name, "must have at least one entry, and no entry twice");
    }
}
