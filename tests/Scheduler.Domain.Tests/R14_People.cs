using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R14: who manages whom.</summary>
public sealed class R14_People
{
    [Property]
    public void R14_only_operators_and_coordinators_manage_people_and_never_above_their_own_role(Role mine, Role other, bool isOwn, bool isOfBoard)
    {
        var school = InstitutionId.Of("school");
        var board = InstitutionId.Of("board");
        var who = new Principal("me", mine, mine == Role.Operator ? null : isOwn ? school : isOfBoard ? board : InstitutionId.Of("far"), "me");
        var manages = PeopleRules.Manages(who, other, other == Role.Operator ? null : school, board);
        var expected = mine == Role.Operator
            || (mine == Role.Coordinator && other is Role.Viewer or Role.Instructor or Role.Coordinator && (isOwn || isOfBoard));
        manages.ShouldBe(expected);
        if (manages && mine != Role.Operator)
            ((int)other).ShouldBeLessThanOrEqualTo((int)mine);
    }

    [Property]
    public void R14_a_coordinator_manages_the_keys_of_programs_that_only_read_or_book_in_its_reach(Role mine, Role other, bool isOwn, bool isOfBoard)
    {
        var board = InstitutionId.Of("board");
        var school = InstitutionId.Of("school");
        var who = new Principal("me", mine, mine == Role.Operator ? null : isOwn ? school : isOfBoard ? board : InstitutionId.Of("far"), "me");
        KeyRules.Manages(who, other, other == Role.Operator ? null : school, board)
            .ShouldBe(mine == Role.Operator
                || (mine == Role.Coordinator && other is Role.Viewer or Role.Instructor or Role.Feed && (isOwn || isOfBoard)));
    }

    [Theory]
    [InlineData(Role.Operator, null, true)]
    [InlineData(Role.Operator, "a", false)]
    [InlineData(Role.Viewer, null, false)]
    [InlineData(Role.Coordinator, "a", true)]
    [InlineData(Role.Feed, "a", false)]
    [InlineData(Role.Feed, null, false)]
    public void R14_an_operator_alone_belongs_to_no_institution(Role role, string? institution, bool fits) =>
        PeopleRules.Fits(role, institution is null ? null : InstitutionId.Of(institution)).ShouldBe(fits);

    [Theory]
    [InlineData("a@b", true)]
    [InlineData(" A.Birch@school.example ", true)]
    [InlineData("é@école.example", true)]
    [InlineData("a", false)]
    [InlineData("@b", false)]
    [InlineData("a@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("a b@c", false)]
    [InlineData("<a@b>", false)]
    [InlineData("", false)]
    public void An_address_has_two_parts(string text, bool isPossible) => EmailAddress.IsPossible(text).ShouldBe(isPossible);

    [Property]
    public void An_address_is_found_whatever_the_case_of_its_letters(char letter) =>
        EmailAddress.Key($"{char.ToUpperInvariant(letter)}x@SCHOOL").ShouldBe(EmailAddress.Key($"{char.ToUpperInvariant(letter)}X@school"));
}
