using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What a password must be: long. There is no rule about kinds of characters.</summary>
internal static class PasswordRules
{
    /// <summary>The name of the text that says what is wrong; null when the password is good.</summary>
    public static string? Fault(string? password, string email) => password switch
    {
        null or { Length: < AccountLimits.PasswordCharacters } => "password.short",
        { Length: > AccountLimits.LongestPassword } => "password.long",
        _ when string.Equals(password, email.Trim(), StringComparison.OrdinalIgnoreCase) => "password.email",
        _ when password.Distinct().Count() < 5 => "password.same",
        _ => null,
    };
}
