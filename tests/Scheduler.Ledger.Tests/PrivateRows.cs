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
