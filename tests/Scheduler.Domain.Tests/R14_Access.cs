using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R14: who reaches which institution, and what each role may.</summary>
public sealed class R14_Access
{
    private static readonly InstitutionId _board = InstitutionId.Of("board");
    private static readonly InstitutionId _otherBoard = InstitutionId.Of("other-board");
    private static readonly InstitutionId _school = InstitutionId.Of("school");
    private static readonly InstitutionId _sister = InstitutionId.Of("sister");

    /// <summary>
    /// Rows: who (role at an institution). Columns: the school of the board, its sister, the board itself, a school of no board, a school of another board.
    /// </summary>
    [Theory]
    [InlineData(Role.Operator, null, "11111")]
    [InlineData(Role.Operator, "school", "11111")]
    [InlineData(Role.Coordinator, "board", "11100")]
    [InlineData(Role.Instructor, "board", "00100")]
    [InlineData(Role.Viewer, "board", "00100")]
    [InlineData(Role.Coordinator, "school", "10000")]
    [InlineData(Role.Instructor, "school", "10000")]
    [InlineData(Role.Viewer, "school", "10000")]
    [InlineData(Role.Coordinator, "other-board", "00001")]
    [InlineData(Role.Coordinator, "free", "00010")]
    [InlineData(Role.Coordinator, "nowhere", "00000")]
    [InlineData(Role.Coordinator, null, "00000")]
    [InlineData(Role.Instructor, null, "00000")]
    [InlineData(Role.Viewer, null, "00000")]
    public void R14_the_reach_of_every_role(Role role, string? at, string reached)
    {
        (InstitutionId Id, InstitutionId? Board)[] institutions =
            [(_school, _board), (_sister, _board), (_board, null), (InstitutionId.Of("free"), null), (InstitutionId.Of("far"), _otherBoard)];
        var who = new Principal("key", role, at is null ? null : InstitutionId.Of(at), "somebody");
        string.Concat(institutions.Select(one => Access.Reaches(who, one.Id, one.Board) ? '1' : '0')).ShouldBe(reached);
    }

    [Theory]
    [InlineData(Role.Viewer, false, false)]
    [InlineData(Role.Instructor, true, false)]
    [InlineData(Role.Coordinator, true, true)]
    [InlineData(Role.Operator, true, true)]
    [InlineData((Role)99, false, false)]
    public void R14_what_each_role_may(Role role, bool books, bool coordinates) =>
        (Access.Books(role), Access.Coordinates(role)).ShouldBe((books, coordinates));

    [Theory]
    [InlineData(Role.Viewer, false, false)]
    [InlineData(Role.Instructor, false, false)]
    [InlineData(Role.Coordinator, true, false)]
    [InlineData(Role.Operator, true, true)]
    public void R14_a_coordinator_changes_proctors_lab_seats_and_short_notice_and_an_operator_everything(Role role, bool own, bool other)
    {
        var who = new Principal("key", role, role == Role.Operator ? null : _school, "somebody");
        var before = new Institution { Id = _school, Name = "School", Zone = NodaTime.DateTimeZone.Utc };
        Access.Changes(who, before, before with { Proctors = 3, LabSeats = 20, ShortNoticeDays = 5 }).ShouldBe(own);
        Institution[] others =
        [
            before with { Name = "Another" }, before with { Board = _board },
            before with { Zone = NodaTime.DateTimeZone.ForOffset(NodaTime.Offset.FromHours(1)) },
            before with { Onboarding = Onboarding.Complete }, before with { Proctors = 3, Onboarding = Onboarding.Agreement },
            before with { Retired = Scene.Now },
        ];
        others.ShouldAllBe(after => Access.Changes(who, before, after) == other);
    }

    [Fact]
    public void R14_the_default_role_can_only_read() => default(Role).ShouldBe(Role.Viewer);

    /// <summary>Bug: after an API key was replaced under its id, the old secret could still sign in.</summary>
    [Fact]
    public void R14_a_replaced_or_revoked_key_cannot_sign_in()
    {
        var key = new ApiKey(ApiKeyId.New(), "hash-one", Role.Instructor, _school, "office", Scene.Now);
        var catalogue = Catalogue.Empty.With(key, 1).With(key with { Hash = "hash-two" }, 2);
        catalogue.KeysByHash.Keys.ShouldBe(["hash-two"]);
        catalogue.ApiKeys[key.Id].Version.ShouldBe(2);
        var revoked = catalogue.With(key with { Hash = "hash-two", RevokedAt = Scene.Now }, 3);
        revoked.KeysByHash.ShouldBeEmpty();
        revoked.ApiKeys[key.Id].Value.RevokedAt.ShouldBe(Scene.Now);
    }
}
