using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A weekly template of a pool.</summary>
internal sealed record TemplateView
{
    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required ImmutableArray<WeeklyRowView> Weekly { get; init; }

    public static TemplateView Of(WeeklyTemplate template) => new() { From = template.From, To = template.To, Weekly = WeeklyRowView.Of(template) };
}
