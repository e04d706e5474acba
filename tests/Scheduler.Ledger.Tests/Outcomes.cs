using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_change_cancelled_while_it_waits_is_not_written_and_frees_its_place()
    {
        await Ledger.DisposeAsync();
        var ledger = await Open(Settings with { WaitingChanges = 2, Committers = 1 });
        (await ledger.Commit(Making.Capacity(Now, 1, 50), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        // A listener holds the committer in its first batch.
        using var listening = ledger.Feed.Subscribe(_ => { entered.Set(); release.Wait(Token); });
        var first = ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(0), 0, 1), 0), Token);
        entered.Wait(Token);
        using var source = new CancellationTokenSource();
        var cancelled = ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 0), source.Token);
        var second = ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0), Token);
        (await ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(3), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.Busy>();
        await source.CancelAsync();
        (await cancelled).ShouldBeOfType<CommitOutcome.Unavailable>();
        var third = ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(3), 0, 1), 0), Token);
        (await ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(4), 0, 1), 0), source.Token)).ShouldBeOfType<CommitOutcome.Unavailable>();
        release.Set();
        (await Task.WhenAll(first, second, third)).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        (await ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_is_ignored_once_the_committer_has_taken_the_change()
    {
        await Done(Making.Capacity(Now, 1, 50));
        using var source = new CancellationTokenSource();
        using var listening = Ledger.Feed.Subscribe(_ => source.Cancel());
        (await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 0), source.Token)).ShouldBeOfType<CommitOutcome.Committed>();
    }

    [Fact]
    public async Task A_cancelled_read_is_not_run()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Ledger.Read.Catalogue(source.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => Ledger.Read.Slot(Making.Slot(0), source.Token));
    }

    [Fact]
    public async Task A_catalogue_entry_of_a_later_version_is_kept_and_passed_over()
    {
        await Done(Making.Put(Now, CatalogueSamples.Pool, 1));
        await Spoil(
            """
            insert into catalogue (kind, id, version, body) values ('fleet', 'one', 1, '{"form":1,"fleet":{}}'), ('pool', 'new', 1, '{"form":2,"pool":{}}')
            """);
        (await Ledger.Read.Catalogue(Token)).Pools.Keys.ShouldBe([Making.Pool]);
        await Reopen();
        (await Ledger.Read.Catalogue(Token)).Pools.Keys.ShouldBe([Making.Pool]);
        await Done(Making.Put(Now, CatalogueSamples.Pool, 2));
        await Spoil("update catalogue set version = 2 where version = 1 and kind in ('fleet', 'pool')");
        (await Ledger.Commit(Making.Put(Now, CatalogueSamples.Pool with { Id = PoolId.Of("new") }, 2), Token))
            .ShouldBeOfType<CommitOutcome.Stale>("the row is kept");
    }

    [Fact]
    public async Task Kinds_and_snapshots_of_a_later_version_are_kept_and_shown()
    {
        await Done(Making.Put(Now, CatalogueSamples.Pool, 1));
        await Spoil("update changes set kind = 'pool_warmed', before = '{\"form\":7}', after = '{\"form\":1,\"fleet\":{\"machines\":3}}', touched = '!% ! ~x'");
        var row = (await Ledger.Read.Audit(new(), Token))!.Entries.ShouldHaveSingleItem();
        (row.Kind, row.KindText).ShouldBe((ChangeKind.Unknown, "pool_warmed"));
        row.Before.ShouldBe(new UnreadableSnapshot("{\"form\":7}"));
        row.After.ShouldBe(new UnreadableSnapshot("{\"form\":1,\"fleet\":{\"machines\":3}}"));
    }
}
