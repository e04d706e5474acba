using System.Globalization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Which schools the list of institutions shows, from its address. The names and the onboarding are in memory; the packs are one query.</summary>
public sealed record SchoolFilter
{
    /// <summary>A pack ends soon when its last day lies within so many days.</summary>
    public const int EndingDays = 60;

    /// <summary>The states that the list can be narrowed to.</summary>
    public static readonly string[] States = ["ready", "open", "retired"];

    /// <summary>A part of the name or of the id.</summary>
    public string Text { get; init; } = "";

    /// <summary>One of <see cref="States"/>; null for all that are not retired.</summary>
    public string? State { get; init; }

    /// <summary>Only this board and its schools.</summary>
    public InstitutionId? Board { get; init; }

    /// <summary>Whether only schools with a pack that ends soon are shown.</summary>
    public bool IsEnding { get; init; }

    /// <summary>The page of the list, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether anything is narrowed.</summary>
    public bool IsNarrow => Text.Length > 0 || State is not null || Board is not null || IsEnding;

    internal static SchoolFilter Read(Func<string, string?> fields) => new()
    {
        Text = fields("text")?.Trim() ?? "",
        State = fields("state") is { } state && States.Contains(state) ? state : null,
        Board = InstitutionId.TryParse(fields("board") ?? "", out var board) ? board : null,
        IsEnding = fields("ending") == "on",
        Page = int.TryParse(fields("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
    };

    /// <summary>The fields without the page, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        [("text", Text.Length > 0 ? Text : null), ("state", State), ("board", Board?.Text), ("ending", IsEnding ? "on" : null)];

    /// <summary>The schools of the filter, by name.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="ending">The packs that end soon, by school.</param>
    internal IEnumerable<Institution> Of(Catalogue catalogue, ILookup<InstitutionId, Pack> ending) => catalogue.Institutions.Values.Select(one => one.Value)
        .Where(one => State == "retired" ? one.Retired is not null : one.Retired is null)
        .Where(one => State is not ("ready" or "open") || OpenSteps(one) == 0 == (State == "ready"))
        .Where(one => Board is not { } board || one.Board == board || one.Id == board)
        .Where(one => Text.Length == 0 || one.Name.Contains(Text, StringComparison.CurrentCultureIgnoreCase)
            || one.Id.Text.Contains(Text, StringComparison.OrdinalIgnoreCase))
        .Where(one => !IsEnding || ending.Contains(one.Id))
        .OrderBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(one => one.Id);

    /// <summary>The steps of the onboarding that are open.</summary>
    internal static int OpenSteps(Institution school) => OnboardingStep.Of(school, []).Count(step => !step.IsDone);

    /// <summary>The packs that end soon, by school: one query for all schools.</summary>
    internal static async Task<ILookup<InstitutionId, Pack>> Ending(PageContext page)
    {
        var today = LeadTime.Day(page.Now, page.Zone);
        var packs = await page.Api.Ledger.Read.PacksEnding(today, EndingDays, page.Http.RequestAborted);
        return packs.Where(one => one.Pack.ExpiresOn >= today).OrderBy(one => one.Pack.ExpiresOn).ToLookup(one => one.Institution, one => one.Pack);
    }
}
