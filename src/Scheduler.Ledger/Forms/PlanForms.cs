using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A plan. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record PlanForm
{
    public required Guid Id { get; init; }

    public required string Status { get; init; }

    public required PlanScopeForm Scope { get; init; }

    public required string MadeBy { get; init; }

    public required string MadeAt { get; init; }

    public string? EndedAt { get; init; }

    public string? Cause { get; init; }

    public required int Parts { get; init; }

    public required int PartsApplied { get; init; }

    public required int Applied { get; init; }

    public PlanEntryForm[]? Stale { get; init; }

    public required int Version { get; init; }
}

/// <summary>A plan's scope, in a snapshot and in the plan's row.</summary>
internal sealed record PlanScopeForm
{
    public required string[] Pools { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int TimeLimitSeconds { get; init; }

    public bool? MovesBookings { get; init; }

    /// <summary>The hash of the seed of <see cref="Season"/>'s opening. Left out, with the next two, of a plan without lots.</summary>
    public string? SeedHash { get; init; }

    public string? Season { get; init; }

    public bool? IsWhole { get; init; }
}

/// <summary>An entry of a plan: a placement when there is a request, otherwise a move. Only a stale entry has a reason.</summary>
internal sealed record PlanEntryForm
{
    public required string Institution { get; init; }

    public Guid? Request { get; init; }

    public Guid? Booking { get; init; }

    public required int Version { get; init; }

    /// <summary>The pool of a placement.</summary>
    public string? Pool { get; init; }

    /// <summary>The start before a move.</summary>
    public string? From { get; init; }

    /// <summary>The start that the plan gives.</summary>
    public required string Start { get; init; }

    /// <summary>The candidates of a placement.</summary>
    public int? Seats { get; init; }

    /// <summary>Written as in the columns of bookings.</summary>
    public string? Accommodations { get; init; }

    /// <summary>The vouchers of a placement, written as in the columns of bookings.</summary>
    public string? Vouchers { get; init; }

    /// <summary>The request of a booking that moves.</summary>
    public Guid? OfRequest { get; init; }

    /// <summary>The version of that request.</summary>
    public int? RequestVersion { get; init; }

    public string? Why { get; init; }
}

/// <summary>A block in which a request did not fit.</summary>
internal sealed record PlanBlockForm
{
    public required string Pool { get; init; }

    public required string Start { get; init; }

    public required int SeatsMissing { get; init; }

    public string? Limit { get; init; }
}

/// <summary>Converts plans and their entries to storage forms and back.</summary>
internal static class PlanForms
{
    public static PlanForm Of(PlanRow plan) => new()
    {
        Id = plan.Id.Value,
        Status = RowText.Of(plan.Status),
        Scope = Of(plan.Scope),
        MadeBy = plan.MadeBy,
        MadeAt = FormText.Of(plan.MadeAt),
        EndedAt = FormText.OrNull(plan.EndedAt),
        Cause = plan.Cause,
        Parts = plan.Parts,
        PartsApplied = plan.PartsApplied,
        Applied = plan.Applied,
        Stale = plan.Stale.IsEmpty ? null : [.. plan.Stale.Select(Of)],
        Version = plan.Version,
    };

    public static PlanRow Plan(PlanForm form) => new()
    {
        Id = new(form.Id),
        Status = RowText.PlanStatus(form.Status),
        Scope = Scope(form.Scope),
        MadeBy = form.MadeBy,
        MadeAt = FormText.Instant(form.MadeAt),
        EndedAt = FormText.InstantOrNull(form.EndedAt),
        Cause = form.Cause,
        Parts = form.Parts,
        PartsApplied = form.PartsApplied,
        Applied = form.Applied,
        Stale = [.. (form.Stale ?? []).Select(Stale)],
        Version = form.Version,
    };

    public static string Write(PlanScope scope) => JsonSerializer.Serialize(Of(scope), FormsJson.Default.PlanScopeForm);

    public static PlanScope ReadScope(string text) => Scope(JsonSerializer.Deserialize(text, FormsJson.Default.PlanScopeForm)!);

    public static string Write(ImmutableArray<StaleEntry> stale) => JsonSerializer.Serialize([.. stale.Select(Of)], FormsJson.Default.PlanEntryFormArray);

    public static ImmutableArray<StaleEntry> ReadStale(string text) =>
        [.. JsonSerializer.Deserialize(text, FormsJson.Default.PlanEntryFormArray)!.Select(Stale)];

    public static PlanEntryForm Of(PlanEntry entry) => entry switch
    {
        PlanEntry.Placement placement => new()
        {
            Institution = placement.Institution.Text,
            Request = placement.Request.Value,
            Version = placement.Version,
            Pool = placement.Pool.Text,
            Start = FormText.Of(placement.Start),
            Seats = placement.Seats,
            Accommodations = FormText.OrNull(RowText.Of(placement.Accommodations)),
            Vouchers = FormText.OrNull(RowText.Of(placement.Vouchers)),
        },
        PlanEntry.Move move => new()
        {
            Institution = move.Institution.Text, Booking = move.Booking.Value, Version = move.Version, From = FormText.Of(move.From),
            Start = FormText.Of(move.To), OfRequest = move.Request?.Value, RequestVersion = move.Request is null ? null : move.RequestVersion,
        },
        _ => throw new UnreachableException(),
    };

    public static PlanEntry Entry(PlanEntryForm form) => form.Request is { } request
        ? new PlanEntry.Placement(
            new(request), form.Version, PoolId.Of(form.Pool!), FormText.Instant(form.Start), form.Seats!.Value,
            RowText.Accommodations(form.Accommodations ?? ""))
        { Institution = InstitutionId.Of(form.Institution), Vouchers = RowText.Vouchers(form.Vouchers ?? "") }
        : new PlanEntry.Move(new(form.Booking!.Value), form.Version, FormText.Instant(form.From!), FormText.Instant(form.Start))
        {
            Institution = InstitutionId.Of(form.Institution),
            Request = form.OfRequest is { } ofRequest ? new RequestId(ofRequest) : null,
            RequestVersion = form.RequestVersion ?? 0,
        };

    private static PlanEntryForm Of(StaleEntry stale) => Of(stale.Entry) with { Why = stale.Why };

    private static StaleEntry Stale(PlanEntryForm form) => new(Entry(form), form.Why!);

    private static PlanScopeForm Of(PlanScope scope) => new()
    {
        Pools = [.. scope.Pools.Select(pool => pool.Text)],
        From = FormText.Of(scope.From),
        To = FormText.Of(scope.To),
        TimeLimitSeconds = scope.TimeLimitSeconds,
        MovesBookings = scope.MovesBookings ? true : null,
        SeedHash = scope.Opening?.SeedHash,
        Season = scope.Opening?.Season.Text,
        IsWhole = scope.Opening?.IsWhole,
    };

    private static PlanScope Scope(PlanScopeForm form) => new(
        [.. form.Pools.Select(PoolId.Of)], FormText.Instant(form.From), FormText.Instant(form.To), form.TimeLimitSeconds, form.MovesBookings ?? false)
    {
        Opening = form.SeedHash is { } hash ? new(SeasonId.Of(form.Season!), hash, form.IsWhole ?? false) : null,
    };

    public static PlanBlockForm Of(PlanBlock block) => new()
    {
        Pool = block.Pool.Text,
        Start = FormText.Of(block.Start),
        SeatsMissing = block.SeatsMissing,
        Limit = block.Limit is { } limit ? RowText.Of(limit) : null,
    };

    public static PlanBlock Block(PlanBlockForm form) => new(
        PoolId.Of(form.Pool), FormText.Instant(form.Start), form.SeatsMissing, form.Limit is { } limit ? RowText.Mode(limit) : null);
}
