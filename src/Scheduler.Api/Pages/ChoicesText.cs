using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// A reader's choices as one value of an address, such as <c>fr-CA.dark.12.off</c>. The page of the settings gets the choices of before in this form, so that
/// the page can say what was saved and can take it back.
/// </summary>
internal static class ChoicesText
{
    /// <summary>The theme of the reader's system.</summary>
    public const string SystemTheme = "system";

    /// <summary>The themes that a reader can choose beside the system's.</summary>
    public static readonly IReadOnlyList<string> Themes = ["light", "dark"];

    public static string Write(PersonalChoices choices) => string.Join(
        '.', choices.Language, choices.Theme ?? SystemTheme, choices.HasTwelveHours ? "12" : "24", choices.HasLetterKeys ? "on" : "off");

    /// <summary>The choices of such a value; null for another text.</summary>
    public static PersonalChoices? Read(string? text) =>
        text?.Split('.') is [var tag, var theme, "12" or "24", "on" or "off"] parts && PageLanguage.Of(tag) is { } language
        && (theme == SystemTheme || Themes.Contains(theme))
            ? new()
            {
                Language = language.Tag, Theme = theme == SystemTheme ? null : theme, HasTwelveHours = parts[2] == "12", HasLetterKeys = parts[3] == "on",
            }
            : null;
}
