using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Domain;

/// <summary>The form of ids that a caller chooses: 1–64 of <c>a-z 0-9 - _</c>, starting with a letter or digit.</summary>
public static class Slug
{
    /// <summary>Longest id in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether <paramref name="text"/> has this form.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength || text[0] is '-' or '_')
            return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
                return false;
        }

        return true;
    }

    internal static string Checked(string? text) => text ?? throw new InvalidOperationException("This id was never given a value.");
}
