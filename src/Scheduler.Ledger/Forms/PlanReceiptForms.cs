using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What a request lacks. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record PlanReceiptForm
{
    public required AddedRangeForm[] Where { get; init; }

    public string? Limit { get; init; }

    public int? LimitSeats { get; init; }

    public bool? IsUnproven { get; init; }
}

/// <summary>Seats added to each slot of a range.</summary>
internal sealed record AddedRangeForm
{
    public required string Pool { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int Add { get; init; }
}

/// <summary>What a plan says to a request, beside the reason: the column <c>blocked</c> of its row.</summary>
internal sealed record PlanReasonForm
{
    public required PlanBlockForm[] BlockedBy { get; init; }

    public PlanReceiptForm? Receipt { get; init; }

    public int? VouchersShort { get; init; }
}

/// <summary>Converts receipts, and what a plan says to a request, to storage forms and back.</summary>
internal static class PlanReceiptForms
{
    public static PlanReceiptForm Of(PlanReceipt receipt) => new()
    {
        Where =
        [
            .. receipt.Where.Select(range => new AddedRangeForm
            {
                Pool = range.Pool.Text, From = FormText.Of(range.From), To = FormText.Of(range.To), Add = range.Add,
            }),
        ],
        Limit = receipt.Limit is { } limit ? RowText.Of(limit) : null,
        LimitSeats = receipt.LimitSeats == 0 ? null : receipt.LimitSeats,
        IsUnproven = receipt.IsLeast ? null : true,
    };

    public static PlanReceipt Receipt(PlanReceiptForm form) => new(
        [.. form.Where.Select(range => new AddedRange(PoolId.Of(range.Pool), FormText.Instant(range.From), FormText.Instant(range.To), range.Add))],
        form.Limit is { } limit ? RowText.Mode(limit) : null, form.LimitSeats ?? 0, form.IsUnproven is not true);

    /// <summary>The text of the column <c>blocked</c>.</summary>
    public static string Write(PlanReason reason) => JsonSerializer.Serialize(
        new()
        {
            BlockedBy = [.. reason.Blocked.Select(PlanForms.Of)], Receipt = reason.Receipt is { } receipt ? Of(receipt) : null,
            VouchersShort = reason.VouchersShort,
        },
        FormsJson.Default.PlanReasonForm);

    /// <summary>The reason with what the column <c>blocked</c> says. An earlier version wrote the list of blocks alone.</summary>
    public static PlanReason Read(PlanReason reason, string text)
    {
        if (text.StartsWith('['))
            return reason with { Blocked = [.. JsonSerializer.Deserialize(text, FormsJson.Default.PlanBlockFormArray)!.Select(PlanForms.Block)] };
        var form = JsonSerializer.Deserialize(text, FormsJson.Default.PlanReasonForm)!;
        return reason with
        {
            Blocked = [.. form.BlockedBy.Select(PlanForms.Block)],
            Receipt = form.Receipt is { } receipt ? Receipt(receipt) : null,
            VouchersShort = form.VouchersShort,
        };
    }
}
