using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R13_keys_and_answers_are_kept_seven_days_across_a_restart()
    {
        await Done(Making.Capacity(Now, 4, 50));
        var booked = Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), 0, stamp: new("key-7", "k1", "hash-1"));
        var outcome = await Done(booked);
        await Reopen();
        var rows = await Ledger.Read.Institution(Making.School(1), Now, 0, Token);
        (rows.Version, rows.LastEntry, rows.HasOlderKeys).ShouldBe((1, 1, false));
        rows.Keys.ShouldBe([new("key-7", "k1", "hash-1", Now, outcome.Change)]);
        Same(await Ledger.Read.Answer(outcome.Change, Token), booked.Record.After);
        Clock.Advance(Duration.FromDays(7) + Duration.FromTicks(1));
        (await Ledger.Read.Institution(Making.School(1), Now, 0, Token)).Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task R13_a_later_reading_of_keys_goes_on_after_the_last_entry()
    {
        await Done(Making.Capacity(Now, 4, 50));
        for (var i = 0; i < 4; i++)
            await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), i, stamp: i == 1 ? null : new("key-7", $"k{i}", "hash")));
        var first = await Ledger.Read.Institution(Making.School(1), Now, 0, Token);
        first.Keys.Select(key => key.Key).ShouldBe(["k0", "k2", "k3"]);
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 4, stamp: new("key-7", "k4", "hash")));
        var second = await Ledger.Read.Institution(Making.School(1), Now, first.LastEntry, Token);
        second.Keys.Select(key => key.Key).ShouldBe(["k4"]);
        second.LastEntry.ShouldBe(5);
    }

    [Fact]
    public async Task R13_only_the_newest_keys_are_read_and_older_ones_can_be_found()
    {
        const int count = Limits.KeysInMemory + 3;
        await Done(Making.Capacity(Now, 1, count));
        for (var from = 0; from < count; from += 4_000)
        {
            var changes = Enumerable.Range(from, Math.Min(4_000, count - from))
                .Select(i => Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), i, stamp: new("key-7", $"k{i}", $"hash-{i}")));
            (await Task.WhenAll(changes.Select(change => Ledger.Commit(change, Token)))).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        }

        var rows = await Ledger.Read.Institution(Making.School(1), Now, 0, Token);
        (rows.Keys.Length, rows.HasOlderKeys, rows.LastEntry).ShouldBe((Limits.KeysInMemory, true, count));
        (rows.Keys[0].Key, rows.Keys[^1].Key).ShouldBe(("k3", $"k{count - 1}"));
        var since = Now - Duration.FromDays(7);
        var found = (await Ledger.Read.FindKey(Making.School(1), "key-7", "k2", since, Token)).ShouldNotBeNull();
        found.Hash.ShouldBe("hash-2");
        (await Ledger.Read.Answer(found.Change, Token)).ShouldBeOfType<BookingSnapshot>();
        (await Ledger.Read.FindKey(Making.School(1), "key-8", "k2", since, Token)).ShouldBeNull("another caller");
        (await Ledger.Read.FindKey(Making.School(2), "key-7", "k2", since, Token)).ShouldBeNull("another institution");
        (await Ledger.Read.FindKey(Making.School(1), "key-7", "k2", Now + Duration.FromTicks(1), Token)).ShouldBeNull("too old");
    }

    [Fact]
    public async Task R13_keys_of_the_operator_are_read_apart()
    {
        var put = await Done(Making.Put(Now, CatalogueSamples.Pool, 1, new("key-1", "k9", "hash-9")));
        // A key for a school is the operator's command too, although it concerns an institution.
        var key = Making.Put(Now, CatalogueSamples.Key, 1, new("key-1", "k10", "hash-10"));
        await Done(key with { Record = key.Record with { Institution = Making.School(1) } });
        var rows = await Ledger.Read.CatalogueKeys(Now, 0, Token);
        rows.Keys.Select(one => one.Hash).ShouldBe(["hash-9", "hash-10"]);
        rows.Keys[0].Change.ShouldBe(put.Change);
        (rows.LastEntry, rows.HasOlderKeys).ShouldBe((2, false));
        (await Ledger.Read.CatalogueKeys(Now, 1, Token)).Keys.Select(one => one.Hash).ShouldBe(["hash-10"]);
        (await Ledger.Read.FindKey(null, "key-1", "k10", Now, Token)).ShouldNotBeNull().Hash.ShouldBe("hash-10");
    }
}
