using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R13: the memory keeps a bounded number of keys, the ledger keeps all answers.</summary>
public sealed class IdempotencyKeysTests
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    [Fact]
    public async Task R13_a_key_that_memory_has_dropped_is_found_in_the_ledger()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        for (var i = 0; i < 5; i++)
            TestSilo.Must(await school.Book(new(TestSilo.By(key: $"k{i}"), TestSilo.Wish(_slot, 1))));
        var keys = new IdempotencyKeys(silo.Ledger, InstitutionId.Of("a"), silo.Clock, most: 2);
        var rows = await silo.Ledger.Read.Institution(InstitutionId.Of("a"), silo.Clock.Now, 0, CancellationToken.None);
        keys.Add(rows.Keys, rows.LastEntry, rows.HasOlderKeys);
        keys.Count.ShouldBeLessThanOrEqualTo(2);
        // A call that ends trims the memory to its bound.
        await keys.RunOnce(
            new("someone", "new", "h"), () => Task.FromResult<CommandResult<Snapshot>>(new CommandResult<Snapshot>.Stale()), CancellationToken.None);
        keys.Count.ShouldBeLessThanOrEqualTo(2);

        for (var i = 0; i < 5; i++)
        {
            var repeat = await keys.Recall(new("someone", $"k{i}", "h"), CancellationToken.None);
            repeat.ShouldBeOfType<CommandResult<Snapshot>.Done>().IsReplay.ShouldBeTrue();
        }

        (await keys.Recall(new("someone", "k0", "other"), CancellationToken.None)).ShouldBeOfType<CommandResult<Snapshot>.KeyReused>();
        (await keys.Recall(new("someone", "never", "h"), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task R13_a_repeat_that_gives_up_never_says_that_nothing_was_changed()
    {
        await using var silo = await TestSilo.Open();
        var run = new CatalogueRun(silo.Ledger, silo.Catalogue, silo.Clock, NullLogger.Instance);
        var caller = TestSilo.By(key: "k");
        var end = new TaskCompletionSource<Attempt>();
        var first = run.Run<EntrySnapshot>(caller, _ => end.Task, CancellationToken.None);
        using var deadline = new CancellationTokenSource();
        var repeat = run.Run<EntrySnapshot>(caller, _ => end.Task, deadline.Token);
        await deadline.CancelAsync();
        (await repeat).ShouldBeOfType<CommandResult<EntrySnapshot>.OutcomeUnknown>();
        end.SetResult(Attempt.Answered.NotFound);
        (await first).ShouldBeOfType<CommandResult<EntrySnapshot>.NotFound>();

        // A first call, with or without a key, has changed nothing when its deadline passes before the commit.
        (await run.Run<EntrySnapshot>(caller, Late, deadline.Token)).ShouldBeOfType<CommandResult<EntrySnapshot>.Unavailable>();
        (await run.Run<EntrySnapshot>(TestSilo.By(), Late, deadline.Token)).ShouldBeOfType<CommandResult<EntrySnapshot>.Unavailable>();

        Task<Attempt> Late(Catalogue catalogue) => Task.FromCanceled<Attempt>(deadline.Token);
    }

    [Fact]
    public async Task R13_a_key_is_free_again_after_seven_days_and_after_a_refusal()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        TestSilo.Must(await school.Book(new(TestSilo.By(key: "k"), TestSilo.Wish(_slot, 1))));
        TestSilo.Code(await school.Book(new(TestSilo.By(key: "full"), TestSilo.Wish(_slot, 10)))).ShouldBe("slot_full");
        TestSilo.Must(await school.Book(new(TestSilo.By(key: "full"), TestSilo.Wish(_slot, 9))));
        silo.Clock.Advance(Duration.FromDays(7) + Duration.FromSeconds(1));
        var later = await school.Book(new(TestSilo.By(key: "k", hash: "other"), TestSilo.Wish(TestSilo.Slot(40, 10), 1)));
        later.ShouldBeOfType<CommandResult<BookingSnapshot>.Done>().IsReplay.ShouldBeFalse();
    }
}
