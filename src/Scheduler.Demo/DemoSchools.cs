using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>Twelve boards and their schools. All names are invented, and a reader can see that.</summary>
internal static class DemoSchools
{
    private static readonly ImmutableArray<(string Id, string Name, string Zone, int Schools, string Kind, string Office, string Creative)> _boards =
    [
        ("glass-harbour", "Glass Harbour School Board", "America/St_Johns", 24, "Collegiate", "nl east", "east"),
        ("saltmeadow", "Saltmeadow Regional Centre for Education", "America/Halifax", 24, "High School", "nl east", "east"),
        ("larkwater", "Larkwater District School Board", "America/Toronto", 38, "Secondary School", "east nl", "east"),
        ("north-quill", "North Quill District School Board", "America/Toronto", 32, "Secondary School", "east nl", "east central"),
        ("pinecone-valley", "Pinecone Valley Catholic Schools", "America/Toronto", 26, "Catholic High School", "east nl", "east central"),
        ("trois-lanternes", "Conseil scolaire des Trois-Lanternes", "America/Toronto", 22, "École secondaire", "nl east", "east"),
        ("tallgrass", "Tallgrass School Division", "America/Winnipeg", 26, "Collegiate", "east west", "central"),
        ("amber-plains", "Amber Plains School Division", "America/Regina", 18, "Composite School", "west east", "central"),
        ("chinook-ridge", "Chinook Ridge Public Schools", "America/Edmonton", 28, "High School", "west", "central"),
        ("copper-foothills", "Copper Foothills Technical Institutes", "America/Edmonton", 16, "Technical Institute", "west", "central"),
        ("tidewatch", "Tidewatch Coast School District", "America/Vancouver", 28, "Secondary School", "west", "central"),
        ("cedar-lantern", "Cedar Lantern School District", "America/Vancouver", 18, "Secondary School", "west", "central"),
    ];

    private static readonly string[] _first =
        [
            "Amber", "Bramble", "Cobalt", "Dapple", "Ember", "Fable", "Gossamer", "Hazel", "Indigo", "Juniper",
            "Kettle", "Lantern", "Marble", "Nimbus", "Opal", "Pebble", "Quill", "Russet", "Saffron", "Thistle",
        ];

    private static readonly string[] _second =
        ["brook", "crest", "dale", "fern", "glen", "haven", "lake", "mere", "moor", "point", "shore", "spire", "vale", "wick", "wood"];

    /// <summary>The boards, which are institutions too: their coordinators see all of their schools.</summary>
    public static IEnumerable<Institution> Boards => _boards.Select(board => new Institution
    {
        Id = InstitutionId.Of(board.Id), Name = board.Name, Zone = DateTimeZoneProviders.Tzdb[board.Zone], Onboarding = Onboarding.Agreement,
    });

    public static ImmutableArray<DemoSchool> Make(int seed, LocalDate today)
    {
        var names = Names(DemoDice.Of(seed, "names"));
        var schools = ImmutableArray.CreateBuilder<DemoSchool>();
        foreach (var board in _boards)
        {
            for (var i = 0; i < board.Schools; i++)
            {
                var word = names.Dequeue();
                var name = board.Kind.StartsWith('É') ? $"{board.Kind} {word}" : $"{word} {board.Kind}";
                schools.Add(Make(DemoDice.Of(seed, word), new()
                {
                    Id = InstitutionId.Of(word.ToLowerInvariant()),
                    Name = name,
                    Zone = DateTimeZoneProviders.Tzdb[board.Zone],
                    Board = InstitutionId.Of(board.Id),
                }, Near("office", board.Office).AddRange(Near("creative", board.Creative)).AddRange(Near("code", "central")), today));
            }
        }

        return schools.ToImmutable();
    }

    private static DemoSchool Make(DemoDice dice, Institution named, ImmutableArray<DemoPool> pools, LocalDate today)
    {
        var onboarding = dice.Fraction() switch
        {
            < 0.03 => Onboarding.None,
            < 0.05 => Onboarding.Agreement,
            < 0.08 => Onboarding.Agreement | Onboarding.Purchase,
            < 0.14 => Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab,
            _ => Onboarding.Complete,
        };
        var programmes = Programmes(dice);
        var wishes = Math.Clamp((int)Math.Round(dice.LogNormal(22, 0.55)), 4, 90);
        return new()
        {
            Institution = named with
            {
                LabSeats = 4 * (int)Math.Round(Math.Clamp(dice.LogNormal(44, 0.35), 20, 120) / 4),
                Proctors = onboarding == Onboarding.Complete ? dice.Weighted([0.1, 0.25, 0.35, 0.2, 0.1]) : 0,
                Onboarding = onboarding,
                ShortNoticeDays = dice.Happens(0.15) ? dice.Between(3, 10) : null,
            },
            Pools = pools.GroupBy(pool => pool.Pool.Image).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray()),
            Programmes = programmes,
            Wishes = wishes,
            Packs = onboarding.HasFlag(Onboarding.Purchase)
                ? [.. programmes.SelectMany(programme => Packs(dice, programme, wishes / programmes.Length, today))]
                : [],
        };
    }

    /// <summary>
    /// Packs have only a few sizes, so most schools have more vouchers than they use, and some have too few. Some schools also have an older pack that ends
    /// soon.
    /// </summary>
    private static IEnumerable<DemoPack> Packs(DemoDice dice, DemoProgramme programme, int bookings, LocalDate today)
    {
        var needed = bookings * 30;
        var quantity = needed > 400 ? 1500 : needed > 120 ? 500 : dice.Happens(0.5) ? 250 : 100;
        yield return new(programme.Name, quantity, today.PlusDays(-(dice.Happens(0.9) ? dice.Between(64, 150) : dice.Between(20, 60))));
        if (dice.Happens(0.35))
            yield return new(programme.Name, dice.Happens(0.3) ? 250 : 100, today.PlusDays(-dice.Between(320, 360)));
        if (quantity == 500 && dice.Happens(0.3))
            yield return new(programme.Name, 500, today.PlusDays(-dice.Between(2, 60)));
    }

    private static ImmutableArray<DemoProgramme> Programmes(DemoDice dice)
    {
        var taught = new List<DemoProgramme>();
        var wanted = dice.Between(2, 4);
        while (taught.Count < wanted)
        {
            var one = DemoExams.Programmes[dice.Weighted([.. DemoExams.Programmes.Select(programme => programme.Popularity)])];
            if (!taught.Contains(one))
                taught.Add(one);
        }

        return [.. taught];
    }

    private static ImmutableArray<DemoPool> Near(string image, string regions) =>
        [.. regions.Split(' ').Select(region => DemoFleet.Pools.Single(pool => pool.Pool.Id.Text == $"{image}-{region}"))];

    private static Queue<string> Names(DemoDice dice)
    {
        var names = _first.SelectMany(first => _second.Select(second => first + second)).ToArray();
        for (var i = names.Length - 1; i > 0; i--)
        {
            var j = dice.Between(0, i);
            (names[i], names[j]) = (names[j], names[i]);
        }

        return new(names);
    }
}
