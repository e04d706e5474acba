namespace Scheduler.Api;

/// <summary>The addresses around signing in.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in";

    /// <summary>The page after a passkey that signs nobody in.</summary>
    public const string NoPasskey = "/sign-in?refused=passkey";

    /// <summary>The page after a sign-in that the ledger did not take.</summary>
    public const string Unavailable = "/sign-in?refused=unavailable";

    /// <summary>The addresses of providers of OpenID Connect.</summary>
    public const string Provider = "/sign-in/provider";

    /// <summary>The page after a sign-in at a provider that signs nobody in.</summary>
    public static string NoProvider(string why) => $"/sign-in?refused=provider.{why}";

    /// <summary>The form for API keys.</summary>
    public const string Key = "/sign-in/key";

    public const string SignOut = "/sign-out";

    /// <summary>The form that prolongs the sign-in.</summary>
    public const string Keep = "/session/keep";

    /// <summary>The form for the code after the password.</summary>
    public const string Code = "/sign-in/code";

    /// <summary>The form by which the printed key makes the first operator.</summary>
    public const string First = "/first";

    /// <summary>The page that an invitation's link opens.</summary>
    public const string Join = "/join";

    /// <summary>Password, passkeys, second factor and sessions of the reader.</summary>
    public const string Security = "/settings/sign-in";

    /// <summary>Removes an account at a provider of OpenID Connect from the reader's account.</summary>
    public const string RemoveLogin = "/settings/sign-in/logins/remove";

    /// <summary>Sets up the second factor.</summary>
    public const string SecondFactor = "/settings/second-factor";

    /// <summary>The addresses of forms about passkeys.</summary>
    public const string Passkeys = "/passkeys";

    /// <summary>The query parameter of an invitation's secret.</summary>
    public const string Secret = "code";

    /// <summary>The address that a browser of this machine opens. A passkey belongs to a name, so the loopback address gets its name.</summary>
    public static string ForBrowsers(string url) => url.Replace("//127.0.0.1:", "//localhost:", StringComparison.Ordinal);

    /// <summary>The query parameter with the page to open after the sign-in.</summary>
    public const string Back = "back";
}
