using System.Diagnostics;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts catalogue entries to their storage forms and back.</summary>
internal static class EntryForms
{
    public static CatalogueForm Of(CatalogueEntry entry)
    {
        const int form = CatalogueForm.Current;
        return entry switch
        {
            Pool pool => new() { Form = form, Pool = Of(pool) },
            CapacityEntry capacity => new() { Form = form, Capacity = CapacityForms.Of(capacity.Pool, capacity.Capacity) },
            Exam exam => new() { Form = form, Exam = Of(exam) },
            InstitutionEntry institution => new() { Form = form, Institution = Of(institution.Institution) },
            SeasonEntry season => new() { Form = form, Season = Of(season.Season) },
            PolicyEntry policy => new() { Form = form, Policy = Of(policy.Policy) },
            ApiKey key => new() { Form = form, Key = Of(key) },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The entry of a form; null for a form or a kind that this version does not know.</summary>
    public static CatalogueEntry? Entry(CatalogueForm form) => form.Form != CatalogueForm.Current ? null : form switch
    {
        { Pool: { } pool } => Pool(pool),
        { Capacity: { } capacity } => new CapacityEntry(PoolId.Of(capacity.Pool), CapacityForms.Capacity(capacity)),
        { Exam: { } exam } => Exam(exam),
        { Institution: { } institution } => new InstitutionEntry(Institution(institution)),
        { Season: { } season } => new SeasonEntry(Season(season)),
        { Policy: { } policy } => new PolicyEntry(Policy(policy)),
        { Key: { } key } => Key(key),
        _ => null,
    };

    private static PoolForm Of(Pool pool) =>
        new() { Id = pool.Id.Text, Name = pool.Name, Zone = pool.Zone.Id, Image = pool.Image, Retired = FormText.OrNull(pool.Retired) };

    private static Pool Pool(PoolForm form) =>
        new(PoolId.Of(form.Id), form.Name, FormText.Zone(form.Zone), form.Image) { Retired = FormText.InstantOrNull(form.Retired) };

    private static ExamForm Of(Exam exam) => new()
    {
        Id = exam.Id.Text,
        Programme = exam.Programme,
        Name = exam.Name,
        Minutes = exam.Minutes,
        CheckInMinutes = exam.CheckInMinutes,
        ResetMinutes = exam.ResetMinutes,
        Pools = [.. exam.Pools.Select(pool => pool.Text)],
        Modes = [.. exam.Modes.Select(RowText.Of)],
        Retired = FormText.OrNull(exam.Retired),
    };

    private static Exam Exam(ExamForm form) => new()
    {
        Id = ExamId.Of(form.Id),
        Programme = form.Programme,
        Name = form.Name,
        Minutes = form.Minutes,
        CheckInMinutes = form.CheckInMinutes,
        ResetMinutes = form.ResetMinutes,
        Pools = [.. form.Pools.Select(PoolId.Of)],
        Modes = [.. form.Modes.Select(RowText.Mode)],
        Retired = FormText.InstantOrNull(form.Retired),
    };

    private static InstitutionForm Of(Institution institution) => new()
    {
        Id = institution.Id.Text,
        Name = institution.Name,
        Zone = institution.Zone.Id,
        Board = institution.Board?.Text,
        LabSeats = institution.LabSeats,
        Proctors = institution.Proctors,
        Onboarding = FormText.Of(institution.Onboarding),
        ShortNoticeDays = institution.ShortNoticeDays,
        Retired = FormText.OrNull(institution.Retired),
    };

    private static Institution Institution(InstitutionForm form) => new()
    {
        Id = InstitutionId.Of(form.Id),
        Name = form.Name,
        Zone = FormText.Zone(form.Zone),
        Board = form.Board is { } board ? InstitutionId.Of(board) : null,
        LabSeats = form.LabSeats,
        Proctors = form.Proctors,
        Onboarding = FormText.Onboarding(form.Onboarding),
        ShortNoticeDays = form.ShortNoticeDays,
        Retired = FormText.InstantOrNull(form.Retired),
    };

    private static SeasonForm Of(Season season) => new()
    {
        Id = season.Id.Text,
        Name = season.Name,
        From = RowText.Date(season.From),
        To = RowText.Date(season.To),
        LeadTimeDays = season.LeadTimeDays,
        FairShare = season.FairShare,
        CollectUntil = FormText.OrNull(season.CollectUntil),
        SeedHash = season.SeedHash,
        Retired = FormText.OrNull(season.Retired),
    };

    private static Season Season(SeasonForm form) => new(
        SeasonId.Of(form.Id), form.Name, RowText.Date(form.From), RowText.Date(form.To), form.LeadTimeDays, form.FairShare,
        FormText.InstantOrNull(form.CollectUntil))
    {
        SeedHash = form.SeedHash,
        Retired = FormText.InstantOrNull(form.Retired),
    };

    private static PolicyForm Of(Policy policy) => new()
    {
        LeadTimeDays = policy.LeadTimeDays,
        HorizonDays = policy.HorizonDays,
        HoldMinutes = policy.HoldMinutes,
        MaxHolds = policy.MaxHolds,
        MaxHeldSeats = policy.MaxHeldSeats,
        CancelCutoffDays = policy.CancelCutoffDays,
        LateCancelVouchers = FormText.Of(policy.LateCancelVouchers),
        FairShareLiftDays = policy.FairShareLiftDays,
        CandidatesPerProctor = policy.CandidatesPerProctor,
        OverseenSessions = policy.OverseenSessions,
        DisplacementPerMille = policy.DisplacementPerMille == 2 ? null : policy.DisplacementPerMille,
        MovePerMille = policy.MovePerMille == 50 ? null : policy.MovePerMille,
        NightlyPlan = policy.NightlyPlan is { } nightly ? Of(nightly) : null,
    };

    private static NightlyPlanForm Of(NightlyPlan nightly) => new()
    {
        At = FormText.Of(nightly.At),
        Zone = nightly.Zone.Id,
        Pools = [.. nightly.Pools.Select(pool => pool.Text)],
        Days = nightly.Days,
        TimeLimitSeconds = nightly.TimeLimitSeconds,
        MovesBookings = nightly.MovesBookings,
        IsApplied = nightly.IsApplied,
    };

    private static NightlyPlan NightlyPlan(NightlyPlanForm form) => new()
    {
        At = FormText.Time(form.At),
        Zone = FormText.Zone(form.Zone),
        Pools = [.. form.Pools.Select(PoolId.Of)],
        Days = form.Days,
        TimeLimitSeconds = form.TimeLimitSeconds,
        MovesBookings = form.MovesBookings,
        IsApplied = form.IsApplied,
    };

    private static Policy Policy(PolicyForm form) => new()
    {
        LeadTimeDays = form.LeadTimeDays,
        HorizonDays = form.HorizonDays,
        HoldMinutes = form.HoldMinutes,
        MaxHolds = form.MaxHolds,
        MaxHeldSeats = form.MaxHeldSeats,
        CancelCutoffDays = form.CancelCutoffDays,
        LateCancelVouchers = FormText.LateVouchers(form.LateCancelVouchers),
        FairShareLiftDays = form.FairShareLiftDays,
        CandidatesPerProctor = form.CandidatesPerProctor,
        OverseenSessions = form.OverseenSessions,
        DisplacementPerMille = form.DisplacementPerMille ?? 2,
        MovePerMille = form.MovePerMille ?? 50,
        NightlyPlan = form.NightlyPlan is { } nightly ? NightlyPlan(nightly) : null,
    };

    private static ApiKeyForm Of(ApiKey key) => new()
    {
        Id = key.Id.Value,
        Hash = key.Hash,
        Role = FormText.Of(key.Role),
        Institution = key.Institution?.Text,
        Name = key.Name,
        CreatedAt = FormText.Of(key.CreatedAt),
        RevokedAt = key.RevokedAt is { } revoked ? FormText.Of(revoked) : null,
        Owner = key.Owner,
    };

    private static ApiKey Key(ApiKeyForm form) => new(
        new(form.Id), form.Hash, FormText.Role(form.Role), form.Institution is { } institution ? InstitutionId.Of(institution) : null, form.Name,
        FormText.Instant(form.CreatedAt))
    {
        RevokedAt = form.RevokedAt is { } revoked ? FormText.Instant(revoked) : null,
        Owner = form.Owner ?? FeedOwner.OfName(form),
    };
}
