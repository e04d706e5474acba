using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R5, R11: the parts of a split request take no more seats than the solver counted for them.</summary>
public sealed class R05_PartAccommodations
{
    [Property(MaxTest = 2_000)]
    public Property Each_part_stays_within_the_seats_of_the_plan() => Prop.ForAll(Cases().ToArbitrary(), one =>
    {
        var (terms, groups, parts, size) = one;
        var whole = BlockLength.Profile(terms, size, groups);
        var dealt = PartAccommodations.Of(terms, size, groups, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            var profile = BlockLength.Profile(terms, parts[i], dealt[i]);
            for (var k = 0; k < profile.Slots; k++)
                profile[k].ShouldBeLessThanOrEqualTo(((parts[i] * whole[k]) + size - 1) / size);
        }

        foreach (var percent in groups.Select(group => group.ExtraTimePercent).Distinct())
        {
            var all = groups.Where(group => group.ExtraTimePercent == percent).Sum(group => group.Candidates);
            var placed = dealt.SelectMany(part => part).Where(group => group.ExtraTimePercent == percent).Sum(group => group.Candidates);
            placed.ShouldBeLessThanOrEqualTo(all);
            if (parts.Sum() == size)
                placed.ShouldBe(all);
        }
    });

    private static Gen<(ExamTerms Terms, ImmutableArray<Accommodation> Groups, int[] Parts, int Size)> Cases() =>
        from terms in Generators.Terms
        from candidates in Generators.Candidates
        from cuts in Gen.Choose(1, 12).ArrayOf(5)
        from isWhole in Gen.Elements(true, false)
        select (terms, Groups(candidates), Parts(candidates.Length, cuts, isWhole), candidates.Length);

    private static ImmutableArray<Accommodation> Groups(ImmutableArray<int> candidates) =>
        [.. candidates.Where(extra => extra > 0).GroupBy(extra => extra).Select(group => new Accommodation(group.Count(), group.Key))];

    private static int[] Parts(int size, int[] cuts, bool isWhole)
    {
        var parts = new List<int>();
        var left = size;
        foreach (var cut in cuts.TakeWhile(_ => left > 0))
        {
            parts.Add(Math.Min(cut, left));
            left -= parts[^1];
        }

        if (isWhole && left > 0)
            parts.Add(left);
        return [.. parts];
    }
}
