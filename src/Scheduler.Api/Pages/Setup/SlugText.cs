using System.Globalization;
using System.Text;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Makes an id of a name, for a thing whose id nobody has typed.</summary>
internal static class SlugText
{
    /// <summary>The letters and digits of the name without their accents, with hyphens between the words; empty for a name without any.</summary>
    public static string Of(string? name)
    {
        var id = new StringBuilder();
        foreach (var letter in (name ?? "").Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                id.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }

        return id.ToString(0, Math.Min(id.Length, Slug.MaxLength)).Trim('-');
    }
}
