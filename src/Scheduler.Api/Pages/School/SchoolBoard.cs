using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Everything that the school page shows.</summary>
internal sealed record SchoolBoard
{
    private const int AttendanceDays = 60;

    public required Institution School { get; init; }

    public required IReadOnlyList<OnboardingStep> Steps { get; init; }

    /// <summary>Packs that have not ended, with where their vouchers are; the next to end first.</summary>
    public required ImmutableArray<PackUse> Packs { get; init; }

    /// <summary>Seats booked and seats used, by programme and season.</summary>
    public required ImmutableArray<UseFigures> Uses { get; init; }

    /// <summary>
    /// The seasons that are not over, and the hour of each in which the school is nearest to its fair share; null for a season without seats of the school.
    /// </summary>
    public required ImmutableArray<(Season Season, FairShareUse? Use)> Shares { get; init; }

    /// <summary>Sittings of the last weeks whose attendance nobody has reported, the oldest first.</summary>
    public required ImmutableArray<Booking> WithoutAttendance { get; init; }

    public static async Task<SchoolBoard> Read(PageContext page, Institution school)
    {
        var (read, cancellation, now) = (page.Api.Ledger.Read, page.Http.RequestAborted, page.Now);
        var today = LeadTime.Day(now, school.Zone);
        var changes = new List<AuditRow>();
        for (string? cursor = null; ;)
        {
            var query = new AuditQuery { Subject = new ChangeSubject(SubjectKind.Institution, school.Id.Text), Cursor = cursor, Limit = Limits.PageSize };
            var part = (await read.Audit(query, cancellation))!;
            changes.AddRange(part.Entries);
            if ((cursor = part.Next) is null)
                break;
        }

        var packs = await read.PackUses(school.Id, now, cancellation);
        var filter = new BookingFilter { From = now - Duration.FromDays(AttendanceDays), To = now, Status = BookingStatus.Confirmed };
        var past = await WholeList.Read(cursor => read.Bookings(school.Id, filter, cursor, Limits.PageSize, cancellation));
        var calendar = page.Catalogue.Calendar;
        var seasons = calendar.Seasons.Where(season => !season.IsOver(now) && season.Retired is null).OrderBy(season => season.From).ToList();
        var booked = seasons.Count == 0
            ? []
            : await WholeList.Read(cursor => read.Bookings(
                school.Id, new() { From = school.Zone.AtStartOfDay(seasons.Min(season => season.From)).ToInstant(), Status = BookingStatus.Confirmed }, cursor,
                Limits.PageSize, cancellation));
        return new()
        {
            Shares =
            [
                .. seasons.Select(season => (season, FairShareUse.Greatest(
                    booked.Where(booking => season.Contains(LeadTime.Day(booking.Sitting.Start, school.Zone))), school.Zone, calendar,
                    slot => page.Api.Ledger.Picture.Look(slot, now).Capacity))),
            ],
            School = school,
            Steps = OnboardingStep.Of(school, changes),
            Packs =
            [
                .. packs.Where(use => !use.Pack.IsVoid && use.Pack.ExpiresOn >= today).OrderBy(use => use.Pack.ExpiresOn).ThenBy(use => use.Pack.Id.Value),
            ],
            Uses = UseFigures.Of(await read.Use(new() { Institutions = [school.Id], Now = now }, cancellation), page.Catalogue),
            WithoutAttendance = [.. past.Where(booking => booking.Attended is null && booking.Sitting.End <= now).OrderBy(booking => booking.Sitting.Start)],
        };
    }
}
