using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>How pages name the reader.</summary>
internal static class ReaderText
{
    /// <summary>The name of the role's text in <see cref="Texts"/>.</summary>
    public static string Role(Role role) => $"role.{TextForms.Role.Write(role)}";

    /// <summary>The first letters of the first and the last word of the name.</summary>
    public static string Initials(Principal reader)
    {
        var letters = reader.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.FirstOrDefault(char.IsLetter)).Where(letter => letter != default).ToList();
        return letters.Count == 0 ? "?" : string.Concat(letters.Count == 1 ? [letters[0]] : new[] { letters[0], letters[^1] }).ToUpperInvariant();
    }
}
