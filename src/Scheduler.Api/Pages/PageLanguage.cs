using System.Globalization;

namespace Scheduler.Api;

/// <summary>A language of the pages.</summary>
/// <param name="Tag">The language tag, such as <c>fr-CA</c>.</param>
/// <param name="Name">The name of the language in the language itself.</param>
public sealed record PageLanguage(string Tag, string Name)
{
    /// <summary>English of Canada.</summary>
    public static PageLanguage English { get; } = new("en-CA", "English");

    /// <summary>French of Canada.</summary>
    public static PageLanguage French { get; } = new("fr-CA", "Français");

    /// <summary>All languages. The first one is for readers of other languages.</summary>
    public static IReadOnlyList<PageLanguage> All { get; } = [English, French];

    /// <summary>The language of the request that runs now.</summary>
    public static PageLanguage Current => Of(CultureInfo.CurrentUICulture.Name) ?? English;

    /// <summary>Two letters for the link that switches to this language.</summary>
    public string Short => Tag[..2].ToUpperInvariant();

    /// <summary>The other language.</summary>
    public PageLanguage Other => this == French ? English : French;

    /// <summary>The language with this tag; null for a language that the pages do not speak.</summary>
    public static PageLanguage? Of(string tag) => All.FirstOrDefault(one => one.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase));
}
