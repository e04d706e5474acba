using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The files of an import.</summary>
[MaxBytes(ImportLimits.BodyBytes)]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImportBody : ICheckedBody
{
    [Description("What the files hold.")]
    public required ImportKind Kind { get; init; }

    [NullAsLeftOut]
    [DefaultValue(ImportMode.Add)]
    [Description("full: the files hold everything, and what they do not name is taken away.")]
    public ImportMode? Mode { get; init; }

    [NullAsLeftOut]
    [Description("The zone of new institutions whose row has none.")]
    public DateTimeZone? Zone { get; init; }

    [MaxLength(ImportLimits.Files)]
    [Description("One file: CSV or a workbook (.xlsx).")]
    public required ImportFileBody[] Files { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Files.Length != 1)
            faults.Add("files", "must have one entry");
        if (Files.Sum(file => (long)file.Content.Length) > ImportLimits.Bytes)
            faults.Add("files", $"must have at most {ImportLimits.Bytes / (1024 * 1024)} MiB together");
        if (Kind == ImportKind.Boards && Mode == ImportMode.Full)
            faults.Add("mode", "must be add for boards");
    }

    public ImportQuestion ToQuestion(Principal who) => new()
    {
        Who = who, Kind = Kind, Mode = Mode ?? ImportMode.Add, Zone = Zone, Files = [.. Files.Select(file => new ImportFile(file.Name, file.Content))],
    };
}

/// <summary>One file of an import.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImportFileBody
{
    [Line]
    [Description("The name, as on a disk.")]
    public required string Name { get; init; }

    [FileBytes]
    [Description("The bytes, as base64.")]
    public required byte[] Content { get; init; }
}
