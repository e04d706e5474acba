using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R13_notices_are_pulled_in_order_and_the_last_id_finds_later_ones()
    {
        await Done(Making.Capacity(Now, 4, 50));
        for (var i = 0; i < 5; i++)
            await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), i));
        var first = (await Ledger.Read.Notices(Making.School(1), null, 3, Token))!;
        var second = (await Ledger.Read.Notices(Making.School(1), first.Next, 3, Token))!;
        first.Entries.Concat(second.Entries).Select(row => row.Id).Distinct().Count().ShouldBe(5);
        (first.Next is null, second.Next is null).ShouldBe((false, true));
        var end = await Ledger.Read.NoticeCursor(Making.School(1), second.Entries[^1].Id, Token);
        (await Ledger.Read.Notices(Making.School(1), end.ShouldNotBeNull(), 3, Token))!.Entries.ShouldBeEmpty();
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 5));
        var later = (await Ledger.Read.Notices(Making.School(1), end, 1, Token))!;
        (later.Entries.Length, later.Next).ShouldBe((1, null));
        foreach (var unknown in new[] { "1-9999", "9-1", "1-", "-1", "1", "x", "+1-1", "1-01", later.Entries[0].Id + " " })
            (await Ledger.Read.NoticeCursor(Making.School(1), unknown, Token)).ShouldBeNull(unknown);
        (await Ledger.Read.NoticeCursor(Making.School(2), later.Entries[0].Id, Token)).ShouldBeNull("a notice to another institution");
        (await Ledger.Read.Notices(Making.School(1), "no cursor", 3, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task R15_subjects_of_one_id_and_several_kinds_are_told_apart()
    {
        await Done(Making.Put(Now, CatalogueSamples.Exam with { Id = ExamId.Of("same") }, 1));
        await Done(Making.Put(Now, CatalogueSamples.Pool with { Id = PoolId.Of("same") }, 1));
        var kinds = Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unknown).ToList();
        foreach (var kind in kinds)
            await Done(new() { Record = new() { At = Now, Who = "key-1", Kind = kind, Subject = "of-every-kind" } });
        var found = new List<ChangeKind>();
        foreach (var kind in Enum.GetValues<SubjectKind>())
        {
            var subject = new ChangeSubject(kind, "of-every-kind");
            var rows = (await Ledger.Read.Audit(new() { Subject = subject }, Token))!.Entries;
            rows.ShouldNotBeEmpty(subject.ToString());
            rows.ShouldAllBe(row => row.FullSubject == subject.ToString());
            found.AddRange(rows.Select(row => row.Kind));
        }

        found.Order().ShouldBe(kinds.Order(), "every change has a subject of exactly one kind");
        (await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Season, "same") }, Token))!.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task R15_the_record_is_paged_in_the_order_of_commits_whatever_the_clock_did()
    {
        await Done(Making.Capacity(Now, 4, 50));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 0));
        Clock.Advance(Duration.FromDays(-3));
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0));
        var all = (await Ledger.Read.Audit(new(), Token))!.Entries;
        all.Select(row => row.Institution).ShouldBe([null, Making.School(1), Making.School(2)]);
        var page = (await Ledger.Read.Audit(new() { Limit = 2 }, Token))!;
        Same(page.Entries, all.Take(2));
        Same((await Ledger.Read.Audit(new() { Limit = 2, Cursor = page.Next }, Token))!.Entries, all.Skip(2));
        Same((await Ledger.Read.Audit(new() { Institutions = [Making.School(2)] }, Token))!.Entries, all.Skip(2));
        Same((await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Booking, all[1].Subject) }, Token))!.Entries, all.Skip(1).Take(1));
        Same((await Ledger.Read.Audit(new() { From = all[2].At, To = all[1].At }, Token))!.Entries, all.Skip(2));
        (await Ledger.Read.Audit(new() { Cursor = "§" }, Token)).ShouldBeNull();
    }
}
