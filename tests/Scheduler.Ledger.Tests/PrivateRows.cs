using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Private rows: accounts, addresses, invitations and cookie keys.</summary>
public abstract partial class LedgerContract
{
    private static readonly PrivateRow _private = new(PrivateKind.Account, "one", 1, "secret body");

    [Fact]
    public async Task A_private_row_is_made_once_and_changed_from_its_version_alone()
    {
        await Done(Put(_private));
        (await Ledger.Commit(Put(_private), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (await Ledger.Commit(Put(_private with { Version = 3 }), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        var next = _private with { Version = 2, Body = "next" };
        await Done(Put(next));
        (await Ledger.Read.PrivateRow(PrivateKind.Account, "one", Token)).ShouldBe(next);
        (await Ledger.Read.PrivateRow(PrivateKind.Email, "one", Token)).ShouldBeNull();
        (await Ledger.Read.PrivateRows(PrivateKind.Account, Token)).ShouldBe([next]);
        await Reopen();
        (await Ledger.Read.PrivateRows(PrivateKind.Account, Token)).ShouldBe([next]);
    }

    [Fact]
    public async Task Private_rows_of_one_change_are_written_together_or_not_at_all()
    {
        await Done(Put(_private));
        var change = Put(new(PrivateKind.Email, "a@b", 1, "two"), _private with { Version = 7 });
        (await Ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (await Ledger.Read.PrivateRows(PrivateKind.Email, Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("delete from private_rows where kind = 'email'")]
    [InlineData("delete from private_rows where kind = 'account'")]
    [InlineData("update private_rows set body = 'another' where kind = 'email'")]
    [InlineData("update private_rows set version = 7 where kind = 'account'")]
    public async Task R14_an_account_without_its_address_is_found(string spoil)
    {
        var account = new Account
        {
            Id = AccountId.New(), Name = "Ms Birch", Email = "A.Birch@school.example", Role = Role.Operator, MadeAt = Now, SecurityStamp = "stamp",
        };
        var id = account.Id.ToString();
        await Done(Put(new(PrivateKind.Account, id, 1, AccountForms.Write(account)), new(PrivateKind.Email, EmailAddress.Key(account.Email), 1, id)));
        (await LedgerCheck.Run(Settings, Token)).ShouldBeEmpty();
        await Spoil(spoil);
        (await LedgerCheck.Run(Settings, Token)).Select(finding => finding.Rule).ShouldContain("R14");
    }

    [Fact]
    public async Task The_body_of_a_private_row_is_in_no_record()
    {
        await Done(Put(_private));
        var rows = (await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Account, "one") }, Token))!.Entries;
        rows.Select(row => row.Kind).ShouldBe([ChangeKind.AccountMade]);
        Texts.Of(rows).ShouldNotContain("secret body");
    }

    private Change Put(params PrivateRow[] rows) => new()
    {
        Record = new() { At = Now, Who = "start", Kind = ChangeKind.AccountMade, Subject = rows[0].Id },
        Rows = [.. rows.Select(row => new RowWrite.PrivatePut(row))],
    };
}
