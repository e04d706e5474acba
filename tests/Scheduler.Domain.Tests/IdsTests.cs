using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Ids that a caller chooses: 1–64 of <c>a-z 0-9 - _</c>, starting with a letter or digit.</summary>
public sealed class IdsTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("office-ca_2", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-a", false)]
    [InlineData("_a", false)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    public void Only_slugs_are_ids(string? text, bool valid)
    {
        Slug.IsValid(text).ShouldBe(valid);
        PoolId.TryParse(text, out _).ShouldBe(valid);
        ExamId.TryParse(text, out _).ShouldBe(valid);
        InstitutionId.TryParse(text, out _).ShouldBe(valid);
        SeasonId.TryParse(text, out _).ShouldBe(valid);
    }

    [Fact]
    public void An_id_has_at_most_64_characters()
    {
        PoolId.Of(new string('a', 64)).Text.Length.ShouldBe(64);
        Should.Throw<FormatException>(() => PoolId.Of(new string('a', 65)));
    }

    [Fact]
    public void An_id_without_a_value_throws()
    {
        Should.Throw<InvalidOperationException>(() => default(PoolId).Text);
        Should.Throw<InvalidOperationException>(() => default(InstitutionId).Text);
    }

    [Fact]
    public void Ids_are_ordered_by_bytes_as_in_every_database() =>
        new[] { "b", "a-b", "a_b", "ab", "a0", "0" }.Select(PoolId.Of).Order().Select(id => id.Text).ShouldBe(["0", "a-b", "a0", "a_b", "ab", "b"]);

    [Fact]
    public void New_ids_are_uuids_of_version_7()
    {
        BookingId.New().Value.Version.ShouldBe(7);
        HoldId.New().Value.Version.ShouldBe(7);
        RequestId.New().Value.Version.ShouldBe(7);
        PackId.New().Value.Version.ShouldBe(7);
        ApiKeyId.New().Value.Version.ShouldBe(7);
    }
}
