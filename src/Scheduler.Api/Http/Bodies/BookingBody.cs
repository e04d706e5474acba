using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a booking, and of a hold.</summary>
internal static class BookingBody
{
    public static BookingWish Parse(Fields fields)
    {
        var seats = fields.Whole("seats", 1, Limits.Seats);
        return new()
        {
            Exam = fields.Text<ExamId>("exam", Words.TryExam),
            Pool = fields.Text<PoolId>("pool", Words.TryPool),
            Start = fields.Instant("start"),
            Seats = seats,
            Mode = fields.Text<DeliveryMode>("mode", Words.TryMode),
            Accommodations = Accommodations(fields, seats) ?? [],
            Reference = fields.LineOr("reference", Absent.MayBeLeftOut),
            OverrideReason = OverrideBody.Parse(fields),
        };
    }

    /// <summary>Candidates with extra time; null when left out. Together they are no more than all.</summary>
    public static ImmutableArray<Accommodation>? Accommodations(Fields fields, int seats)
    {
        if (!fields.Has("accommodations"))
        {
            fields.Ignore("accommodations");
            return null;
        }

        var groups = fields.Objects("accommodations", Absent.MayBeNull, Limits.Accommodations, group =>
            new Accommodation(group.Whole("candidates", 1, Limits.Seats), group.Whole("extraTimePercent", 1, Limits.ExtraTimePercent)));
        var candidates = groups.Sum(group => (long)group.Candidates);
        if (candidates > seats)
            fields.Fault("accommodations", $"must have no more candidates than seats, {seats}; together they have {candidates}");
        return groups;
    }
}
