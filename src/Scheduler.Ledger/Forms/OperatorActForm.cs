using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>An operator's act on a booking, as JSON in a snapshot and in the booking's row. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record OperatorActForm
{
    public required string What { get; init; }

    public required string At { get; init; }

    public string? Reason { get; init; }

    public static OperatorActForm Of(OperatorAct act) => new() { What = RowText.Of(act.What), At = FormText.Of(act.At), Reason = act.Reason };

    public OperatorAct ToAct() => new(RowText.OperatorActKind(What), FormText.Instant(At), Reason);

    /// <summary>The text of a row; null without an act.</summary>
    public static string? Write(OperatorAct? act) => act is null ? null : JsonSerializer.Serialize(Of(act), FormsJson.Default.OperatorActForm);

    /// <summary>The act of a row's text.</summary>
    public static OperatorAct? Read(string? text) => text is null ? null : JsonSerializer.Deserialize(text, FormsJson.Default.OperatorActForm)!.ToAct();
}
