using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a request for exactly one block: the waitlist's kind.</summary>
internal static class RequestBody
{
    public static (BookingWish Wish, int Weight) Parse(Fields fields)
    {
        var seats = fields.Whole("seats", 1, Limits.Seats);
        RefuseFlexible(fields, "windows", Absent.MayBeLeftOut);
        RefuseFlexible(fields, "minGroup", Absent.MayBeNull);
        var wish = new BookingWish
        {
            Exam = fields.Text<ExamId>("exam", Words.TryExam),
            Pool = fields.Text<PoolId>("pool", Words.TryPool),
            Start = fields.Instant("preferredStart"),
            Seats = seats,
            Mode = fields.Text<DeliveryMode>("mode", Words.TryMode),
            Accommodations = BookingBody.Accommodations(fields, seats) ?? [],
        };
        return (wish, fields.WholeOr("weight", Absent.MayBeNull, 1, Limits.Weight) ?? 1);
    }

    private static void RefuseFlexible(Fields fields, string name, Absent absent)
    {
        if (!fields.Has(name))
        {
            fields.Object(name, absent);
            return;
        }

        fields.Fault(name, "must be left out: flexible requests are not taken yet, only those that wait for exactly the block at preferredStart");
        fields.Ignore(name);
    }
}
