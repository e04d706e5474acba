using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Checks what a person typed about themself.</summary>
internal static class PersonFields
{
    /// <summary>The name of the text that says what is wrong; null for nothing.</summary>
    public static string? Fault(string? name, string email) =>
        string.IsNullOrWhiteSpace(name) || name.Trim().Length > Limits.TextCharacters || !TextForms.AnyText.Accepts(name.Trim(), out _) ? "field.name.wrong"
        : !EmailAddress.IsPossible(email) ? "field.email.wrong"
        : null;
}
