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

    /// <summary>An earlier version kept the owner of a calendar's key in the key's name.</summary>
    [Theory]
    [InlineData("feed", "feed of 01946000-0000-7000-8000-000000000003", true)]
    [InlineData("feed", "calendar", false)]
    [InlineData("viewer", "feed of 01946000-0000-7000-8000-000000000003", false)]
    public void The_key_of_a_calendar_that_an_earlier_version_stored_has_its_owner(string role, string name, bool hasOwner)
    {
        var key = (ApiKey)CatalogueText.Entry(
            $$$"""
            {"form":1,"key":{"id":"01946000-0000-7000-8000-000000000009","hash":"h","role":"{{{role}}}","institution":"s-1","name":"{{{name}}}",
            "createdAt":"2027-03-01T09:00:00Z"}}
            """);
        key.Owner.ShouldBe(hasOwner ? Guid.Parse("01946000-0000-7000-8000-000000000003") : null);
        Texts.Of(CatalogueText.Entry(CatalogueText.Body(key))).ShouldBe(Texts.Of(key));
        const string season = """
            {"form":1,"season":{"id":"f","name":"F","from":"2027-05-01","to":"2027-05-09","leadTimeDays":21,"fairShare":0.25,
            "collectUntil":"2027-04-01T09:00:00Z"}}
            """;
        ((SeasonEntry)CatalogueText.Entry(season)).Season.SeedHash.ShouldBeNull();
    }

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
