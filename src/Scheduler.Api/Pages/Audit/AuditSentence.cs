using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Says in a sentence what a change did, and who made it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Time">How the reader sees times.</param>
/// <param name="Texts">The texts of the audit.</param>
/// <param name="Blocks">The texts about blocks.</param>
internal sealed record AuditSentence(PageContext Page, PageTime Time, IStringLocalizer<AuditTexts> Texts, IStringLocalizer<BookingTexts> Blocks)
{
    /// <summary>Such as "Booked: 22 seats, Excel Associate, Wed Dec 9, 13:00 to 15:00 EST".</summary>
    public string What(AuditRow row) => row.Kind == ChangeKind.Unknown
        ? Texts["change.unknown", row.FullSubject, row.KindText]
        : Texts[$"change.{ChangeKinds.Text(row.Kind)}", Name(row)];

    /// <summary>The name of the person, of the API key, or of the part of the server that made the change.</summary>
    public string Who(AuditRow row)
    {
        var author = Author.Of(row.Who, Page.Catalogue, Page.Api.Accounts);
        return author.IsServer ? Texts[$"author.{author.Stored.Replace(' ', '_').Replace('-', '_')}"] : author.Name;
    }

    /// <summary>The reason in words; null without one. Where the record names a plan, a school is told what the plan did.</summary>
    public string? Why(AuditRow row) => !SchoolReasons.IsPlan(row.Why) ? row.Why
        : Page.Who.Role == Role.Operator ? null
        : Blocks[row.Kind == ChangeKind.RequestPlaced ? "plan.placed" : "plan.moved"].Value;

    private string Name(AuditRow row) => (row.After ?? row.Before) switch
    {
        BookingSnapshot(var booking) => Sitting(booking.Sitting),
        HoldSnapshot(var hold, _) => Sitting(hold.Sitting),
        RequestSnapshot(var request, _) => Block(request.Profile, request.Exam, request.PreferredStart),
        PackSnapshot(_, var pack) => Texts["subject.pack", Texts.Count("subject.vouchers", pack.Quantity), pack.Programme],
        EntrySnapshot(var entry, _) => Of(entry),
        CapacitySnapshot capacity => Pool(capacity.Pool),
        PlanSnapshot(var plan) => Texts[
            "subject.plan", Date(plan.Scope.From), Date(plan.Scope.To - Duration.Epsilon), string.Join(", ", plan.Scope.Pools.Select(Pool))],
        AccountSnapshot account => account.Name,
        InvitationSnapshot(var invitation) => invitation.Email,
        _ => row.Kind == ChangeKind.PoolRefusalsCounted ? Pool(PoolId.Of(row.Subject)) : row.Subject,
    };

    private string Of(CatalogueEntry entry) => entry switch
    {
        Pool pool => pool.Name,
        Exam exam => exam.Name,
        SeasonEntry(var season) => season.Name,
        InstitutionEntry(var school) => school.Name,
        ApiKey key => key.Name,
        CapacityEntry capacity => Pool(capacity.Pool),
        _ => Texts["subject.policy"],
    };

    private string Sitting(Sitting sitting) => Block(sitting.Profile, sitting.Exam, sitting.Start);

    private string Block(SeatProfile profile, ExamId exam, Instant start) => Texts[
        "subject.sitting", BlockText.Seats(profile, Blocks), PlanScopeText.ExamName(exam, Page.Catalogue), BlockText.When(start, profile.Slots, Blocks, Time)];

    private string Pool(PoolId pool) => PlanScopeText.PoolName(pool, Page.Catalogue);

    private string Date(Instant at) => Time.ShortDate(at.InZone(Time.Zone).Date);
}
