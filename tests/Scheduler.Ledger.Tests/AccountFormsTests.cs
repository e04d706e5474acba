using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>What an account and an invitation store comes back, and a record has none of it.</summary>
public sealed class AccountFormsTests
{
    private static readonly Account _account = new()
    {
        Id = AccountId.New(), Name = "Ms Birch", Email = "A.Birch@school.example", Role = Role.Instructor, Institution = Making.School(1),
        MadeAt = Making.Start,
        PasswordHash = "AQAAAA-hash", SecurityStamp = "stamp-text", FailedSignIns = 3, LockedUntil = Making.Start + Duration.FromMinutes(15),
        AuthenticatorKey = "JBSWY3DP", LastCodeStep = 59_000_000, HasSecondFactor = true, RecoveryCodes = ["code-hash"],
        Passkeys =
        [
            new()
            {
                Id = "cred", PublicKey = "cHVi", Name = "Phone", MadeAt = Making.Start, SignCount = 7, Transports = "internal hybrid", IsUserVerified = true,
                IsBackupEligible = true, IsBackedUp = true,
            },
        ],
        Logins = [new("school", "sub-1")], Sessions = [new(Guid.CreateVersion7(), Making.Start, "Firefox, Linux", true)],
        Choices = new() { Language = "fr-CA", Theme = "dark", HasTwelveHours = true, HasLetterKeys = false }, Version = 5,
    };

    [Fact]
    public void An_account_comes_back_as_it_was_written() => Texts.Of(AccountForms.Read(AccountForms.Write(_account))).ShouldBe(Texts.Of(_account));

    [Fact]
    public void A_record_of_an_account_has_nothing_that_signs_in()
    {
        var text = SnapshotText.Write(AccountSnapshot.Of(_account));
        foreach (var secret in new[] { "AQAAAA-hash", "stamp-text", "JBSWY3DP", "code-hash", "cHVi", "sub-1" })
        {
            AccountForms.Write(_account).ShouldContain(secret);
            text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public void A_record_of_an_invitation_has_no_hash_of_its_secret()
    {
        var invitation = new Invitation
        {
            Id = InvitationId.New(), SecretHash = "the-hash", Email = "a@b.example", Role = Role.Viewer, Institution = Making.School(1), MadeBy = "Mr Elm",
            Maker = AccountId.New(), MakerKey = new(Guid.CreateVersion7()), MadeAt = Making.Start, ExpiresAt = Making.Start + Duration.FromDays(7),
        };
        InvitationForms.Read(InvitationForms.Write(invitation)).ShouldBe(invitation);
        SnapshotText.Write(new InvitationSnapshot(invitation)).ShouldNotContain("the-hash");
    }
}
