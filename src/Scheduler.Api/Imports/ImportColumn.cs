namespace Scheduler.Api;

/// <summary>A column that a file may have.</summary>
/// <param name="Name">The name of the field, as in a body of the API, which is a heading too.</param>
/// <param name="English">The heading of the template in English.</param>
/// <param name="French">The heading of the template in French.</param>
/// <param name="Others">Other headings.</param>
internal sealed record ImportColumn(string Name, string English, string French, params string[] Others)
{
    /// <summary>Whether every file must have the column.</summary>
    public bool IsRequired { get; init; }

    /// <summary>A value for the template.</summary>
    public string Sample { get; init; } = "";

    /// <summary>Whether this is a heading of the column. Case, accents, spaces, hyphens and underscores do not count.</summary>
    public bool Is(string heading)
    {
        var key = Key(heading);
        return key == Key(Name) || key == Key(English) || key == Key(French) || Others.Any(other => key == Key(other));
    }

    /// <summary>A heading without what does not count.</summary>
    private static string Key(string heading) => string.Concat(
        heading.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
