using Microsoft.AspNetCore.Identity;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Adds the framework's Identity on our store.</summary>
internal static class AccountSetup
{
    /// <summary>The name of the cookie between the password and the code, and while a browser makes or uses a passkey.</summary>
    public const string StepCookie = "scheduler-step";

    /// <summary>The name of the cookie that the framework clears after a sign-in at a provider. Nothing is kept in it.</summary>
    public const string ExternalCookie = "scheduler-external";

    public static void AddSchedulerAccounts(this IServiceCollection services)
    {
        services.AddScoped<AccountCommits>();
        services.AddScoped<IUserStore<AccountDraft>, AccountStore>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PeopleCommits>();
        services.AddScoped<InstitutionImport>();
        services.AddScoped<ImportSubjects>();
        services.AddScoped<ImportCommands>();
        services.AddScoped<PeopleCommands>();
        services.AddScoped<AccountReader>();
        services.AddScoped<NewPasskey>();
        services.AddScoped<FirstAccount>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<UnknownSignIns>();
        services.AddScoped(provider => (AccountSignIn)provider.GetRequiredService<SignInManager<AccountDraft>>());
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = AccountLimits.PasswordIterations);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddIdentityCore<AccountDraft>(options =>
        {
            options.Password = new()
            {
                RequiredLength = AccountLimits.PasswordCharacters, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false,
                RequireUppercase = false,
            };
            options.Lockout.MaxFailedAccessAttempts = AccountLimits.WrongSignIns;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(AccountLimits.LockMinutes);
            // An e-mail address may have any letter.
            options.User.AllowedUserNameCharacters = "";
        }).AddSignInManager<AccountSignIn>().AddTokenProvider<OneUseCodes>(TokenOptions.DefaultAuthenticatorProvider);
    }
}
