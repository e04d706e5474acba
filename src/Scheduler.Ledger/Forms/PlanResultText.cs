using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The result of a plan as the file <see cref="PlanFileKind.Result"/>: JSON, compressed by gzip.</summary>
public static class PlanResultText
{
    private const int HeadBytes = 512;

    /// <summary>The bytes of the file.</summary>
    public static ImmutableArray<byte> Write(PlanResult result) =>
        PlanEntriesText.Compress(JsonSerializer.SerializeToUtf8Bytes(Of(result), FormsJson.Default.PlanResultForm));

    /// <summary>The result of a file; null for a form of a later version.</summary>
    public static PlanResult? Read(ImmutableArray<byte> file)
    {
        var form = JsonSerializer.Deserialize(PlanEntriesText.Expand(file), FormsJson.Default.PlanResultForm)!;
        return form.Form == PlanResultForm.Current ? Result(form) : null;
    }

    /// <summary>The seats served and asked for, which stand at the beginning of the file; null for a form of a later version.</summary>
    public static (long Served, long Requested)? ReadSeats(ImmutableArray<byte> file)
    {
        using var gzip = new System.IO.Compression.GZipStream(
            new MemoryStream([.. file], writable: false), System.IO.Compression.CompressionMode.Decompress);
        var head = new byte[HeadBytes];
        var reader = new Utf8JsonReader(head.AsSpan(0, gzip.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)), isFinalBlock: false, default);
        var found = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        while (found.Count < 3 && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && reader.Read() && reader.TokenType == JsonTokenType.Number)
                found[name] = reader.TryGetInt64(out var number) ? number : 0;
        }

        return found.GetValueOrDefault("form") == PlanResultForm.Current
            ? (found.GetValueOrDefault("servedSeats"), found.GetValueOrDefault("requestedSeats"))
            : null;
    }

    private static PlanResultForm Of(PlanResult result) => new()
    {
        Form = PlanResultForm.Current,
        ServedSeats = result.ServedSeats,
        RequestedSeats = result.RequestedSeats,
        Value = result.Value,
        Bound = result.Bound,
        Gap = result.Gap,
        WorstInstitutionRatio = result.WorstInstitutionRatio,
        MeanDisplacementHours = result.MeanDisplacementHours,
        IsCutShort = result.IsCutShort,
        AreReceiptsCutShort = result.AreReceiptsCutShort,
        Placements = [.. result.Placements.Select(Of)],
        Moves = [.. result.Moves.Select(Of)],
        Unserved = [.. result.Unserved.Select(Of)],
        Schools = [.. result.Schools.Select(Of)],
        Days =
        [
            .. result.Days.Select(one => new PlanDayForm
            {
                Pool = one.Pool.Text, Day = FormText.Of(one.Day), Capacity = one.Capacity, Taken = one.Taken,
            }),
        ],
        MostDisplacementHours = result.MostDisplacementHours,
        Hours = PlanHoursForms.Of(result.Hours),
    };

    private static PlannedPlacementForm Of(PlannedPlacement one) => new()
    {
        Request = one.Request.Value, Institution = one.Institution.Text, Pool = one.Pool.Text, Start = FormText.Of(one.Start), Seats = one.Seats,
    };

    private static PlannedMoveForm Of(PlannedMove one) => new()
    {
        Booking = one.Booking.Value, Institution = one.Institution.Text, Pool = one.Pool.Text, From = FormText.Of(one.From), To = FormText.Of(one.To),
        Seats = one.Seats, Exam = one.Exam?.Text,
    };

    private static UnservedRequestForm Of(UnservedRequest one) => new()
    {
        Request = one.Request.Value, Institution = one.Institution.Text, Seats = one.Seats, Reason = one.Reason,
        BlockedBy = [.. one.BlockedBy.Select(PlanForms.Of)], Receipt = one.Receipt is { } receipt ? PlanReceiptForms.Of(receipt) : null,
        VouchersShort = one.VouchersShort, Exam = one.Exam?.Text,
    };

    private static SchoolFiguresForm Of(SchoolFigures one) => new()
    {
        Institution = one.Institution.Text, Requested = one.Requested, Servable = one.Servable, ServedBefore = one.ServedBefore, Served = one.Served,
        Moves = one.Moves,
    };

    private static PlanResult Result(PlanResultForm form) => new()
    {
        ServedSeats = form.ServedSeats,
        RequestedSeats = form.RequestedSeats,
        Value = form.Value,
        Bound = form.Bound,
        Gap = form.Gap,
        WorstInstitutionRatio = form.WorstInstitutionRatio,
        MeanDisplacementHours = form.MeanDisplacementHours,
        IsCutShort = form.IsCutShort,
        AreReceiptsCutShort = form.AreReceiptsCutShort ?? true,
        Placements =
        [
            .. form.Placements.Select(one => new PlannedPlacement(
                new(one.Request), InstitutionId.Of(one.Institution), PoolId.Of(one.Pool), FormText.Instant(one.Start), one.Seats)),
        ],
        Moves =
        [
            .. form.Moves.Select(one => new PlannedMove(
                new(one.Booking), InstitutionId.Of(one.Institution), PoolId.Of(one.Pool), FormText.Instant(one.From), FormText.Instant(one.To), one.Seats)
            {
                Exam = Exam(one.Exam),
            }),
        ],
        Unserved =
        [
            .. form.Unserved.Select(one => new UnservedRequest(
                new(one.Request), InstitutionId.Of(one.Institution), one.Seats, one.Reason, [.. one.BlockedBy.Select(PlanForms.Block)])
            {
                Receipt = one.Receipt is { } receipt ? PlanReceiptForms.Receipt(receipt) : null, VouchersShort = one.VouchersShort,
                Exam = Exam(one.Exam),
            }),
        ],
        Schools =
        [
            .. form.Schools.Select(one => new SchoolFigures(
                InstitutionId.Of(one.Institution), one.Requested, one.Servable, one.ServedBefore, one.Served, one.Moves)),
        ],
        MostDisplacementHours = form.MostDisplacementHours,
        Hours = PlanHoursForms.Read(form.Hours ?? []),
        Days = [.. (form.Days ?? []).Select(one => new PlanDay(PoolId.Of(one.Pool), FormText.Date(one.Day), one.Capacity, one.Taken))],
    };

    private static ExamId? Exam(string? id) => id is null ? null : ExamId.Of(id);
}
