using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>
/// Symptom: with many callers at once, a refusal ended as a fault ("Nullable object must have a value") instead of a 409, and the demo season stopped with this
/// fault. Cause: the free seats of an alternative were read twice from the picture, and a commit changed them in between. Since: the first alternatives.
/// </summary>
public sealed class Bug_alternatives_failed_when_a_seat_was_taken_meanwhile
{
    [Fact]
    public async Task A_start_that_fills_while_it_is_checked_is_not_offered()
    {
        await using var silo = await TestSilo.Open();
        var asking = await silo.NewSchool("asking");
        var other = await silo.NewSchool("other");
        var slot = TestSilo.Slot(30, 10);
        var wish = TestSilo.Wish(slot, 10);
        TestSilo.Must(await asking.Book(new(TestSilo.By(), wish)));
        var rows = await silo.Ledger.Read.Institution(InstitutionId.Of("asking"), silo.Clock.Now, 0, CancellationToken.None);
        var catalogue = silo.Catalogue.Current;
        var basis = new DecisionBasis(catalogue.Institutions[InstitutionId.Of("asking")].Value, rows.State, catalogue, silo.Clock.Now);
        var draft = ((Decision.Accepted)BookingRules.Decide(TestSilo.Wish(TestSilo.Slot(30, 12), 10), basis, WishKind.Booking)).Draft;
        var refused = new Proposal
        {
            Draft = draft with { Sitting = draft.Sitting with { Start = slot } },
            Complete = () => throw new InvalidOperationException(),
        };
        Instant? filled = null;

        // The first start that is checked fills at this moment.
        var found = await Task.Run(() => Alternatives.Find(silo.Ledger.Picture, basis, refused, start =>
        {
            if (filled is null)
            {
                filled = start;
                TestSilo.Must(other.Book(new(TestSilo.By(), TestSilo.Wish(start, 1))).GetAwaiter().GetResult());
            }

            return BookingRules.Decide(wish with { Start = start }, basis, WishKind.Booking);
        }));

        found.ShouldNotBeEmpty();
        found.ShouldNotContain(one => one.Start == filled);
    }
}
