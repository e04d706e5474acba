using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The framework's hasher, which counts the passwords that it compares and tells somebody before each.</summary>
internal sealed class CountingHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<AccountDraft>
{
    private readonly PasswordHasher<AccountDraft> _hasher = new(options);
    private int _compared;

    public int Compared => Volatile.Read(ref _compared);

    public Action<AccountDraft?> Comparing { get; set; } = _ => { };

    public string HashPassword(AccountDraft user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(AccountDraft user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _compared);
        Comparing(user);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
