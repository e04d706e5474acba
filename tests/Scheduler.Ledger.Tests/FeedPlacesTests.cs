namespace Scheduler.Ledger.Tests;

/// <summary>Numbers that go from committer to committer: no change is left out.</summary>
public sealed class FeedPlacesTests
{
    private readonly FeedPlaces _places = new();

    [Fact]
    public void An_own_number_is_read_up_to_where_it_was_taken_over()
    {
        _places.Advance(3, 10);
        _places.Own(3, 14);
        Now(3).ShouldBe((10, 14));
    }

    [Fact]
    public void A_number_given_up_goes_on_after_the_own_changes()
    {
        _places.Advance(3, 14);
        _places.Own(3, 14);
        _places.Disown(3, 20);
        Now(3).ShouldBe((20, long.MaxValue));
    }

    [Fact]
    public void Earlier_changes_of_another_process_are_read_even_when_the_number_is_given_up_at_once()
    {
        _places.Advance(3, 10);
        _places.Own(3, 14);
        _places.Disown(3, 20);
        Now(3).ShouldBe((10, long.MaxValue));
    }

    private (long Last, long Until) Now(int committer)
    {
        var (committers, last, until) = _places.Now();
        var at = Array.IndexOf(committers, committer);
        return (last[at], until[at]);
    }
}
