namespace Scheduler.Api;

/// <summary>The addresses around signing in.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in";

    /// <summary>The form for API keys.</summary>
    public const string Key = "/sign-in/key";

    /// <summary>The query parameter with the page to open after the sign-in.</summary>
    public const string Back = "back";
}
