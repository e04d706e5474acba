using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>
/// Symptom: in a herd a refusal ended as a fault ("Nullable object must have a value") instead of a 409; the demonstration season fell over it. Cause: the room of an alternative was
/// read twice from the picture, which commits change in between. Since the first alternatives.
/// </summary>
public sealed class Bug_alternatives_fell_over_a_seat_that_went_meanwhile
{
    [Fact]
    public async Task A_start_that_fills_while_it_is_judged_is_not_offered()
    {
        await using var house = await House.Open();
        var asking = await house.NewSchool("asking");
        var other = await house.NewSchool("other");
        var slot = House.Slot(30, 10);
        var wish = House.Wish(slot, 10);
        House.Must(await asking.Book(new(House.By(), wish)));
        var rows = await house.Ledger.Read.Institution(InstitutionId.Of("asking"), house.Clock.Now);
        var things = house.Catalogue.Current;
        var basis = new DecisionBasis(things.Institutions[InstitutionId.Of("asking")].Value, rows.State, things, house.Clock.Now);
        var draft = ((Decision.Accepted)BookingRules.Decide(House.Wish(House.Slot(30, 12), 10), basis, WishKind.Booking)).Draft;
        Instant? filled = null;

        // Whoever judges the first start sees it fill in that very moment.
        var found = await Task.Run(() => Alternatives.Find(house.Ledger.Picture, basis, draft with { Sitting = draft.Sitting with { Start = slot } }, null, start =>
        {
            if (filled is null)
            {
                filled = start;
                House.Must(other.Book(new(House.By(), House.Wish(start, 1))).GetAwaiter().GetResult());
            }

            return BookingRules.Decide(wish with { Start = start }, basis, WishKind.Booking);
        }));

        found.ShouldNotBeEmpty();
        found.ShouldNotContain(one => one.Start == filled);
    }
}
