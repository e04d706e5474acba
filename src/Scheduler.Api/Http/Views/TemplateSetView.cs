using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A weekly template that was put.</summary>
internal sealed record TemplateSetView
{
    public required PoolId Pool { get; init; }

    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required ImmutableArray<WeeklyRowView> Weekly { get; init; }

    public required ImmutableArray<ShortfallView> Shortfall { get; init; }

    public static TemplateSetView Of(TemplateSnapshot set, Catalogue catalogue) => new()
    {
        Pool = set.Pool,
        From = set.Template.From,
        To = set.Template.To,
        Weekly = WeeklyRowView.Of(set.Template),
        Shortfall = ShortfallView.Of(set.Shortfalls, catalogue.ZoneOf(set.Pool)),
    };
}
