using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests.Model;

/// <summary>The operator retires a thing or brings a retired one back.</summary>
public sealed partial class Walk
{
    private async Task Retire()
    {
        (string Kind, string Id)[] things =
        [
            .. _world.Exams.Keys.Select(id => ("exam", id)), .. _world.Pools.Keys.Select(id => ("pool", id)),
            .. _world.Schools.Keys.Select(id => ("institution", id)), .. _world.Seasons.Keys.Select(id => ("season", id)),
        ];
        // Mostly something on which nothing rests, because of a random thing almost always something does.
        var free = things.Where(thing => Resting(thing).Count == 0).ToArray();
        var (kind, id) = _random.GetItems(free.Length > 0 && _random.Next(4) > 0 ? free : things, 1)[0];
        if (_world.Retired.Remove((kind, id)))
            await BringBack(kind, id);
        else
            await Retire(kind, id);
    }

    private async Task Retire(string kind, string id)
    {
        var resting = Resting((kind, id));
        var answer = await silo.Operator.Retire(new(By(), Entry(kind, id)));
        _log.Add($"{_step} retire {kind} {id}: {TestSilo.Code(answer)}");
        Count(resting.Count > 0 ? "retire: in_use" : $"retire: {kind}");
        if (resting.Count > 0)
        {
            var touches = TestSilo.Refusal<Refusal.InUse>(answer).Touches;
            touches.Bookings.Select(one => one.Value).Concat(touches.Holds.Select(one => one.Value)).Concat(touches.Requests.Select(one => one.Value))
                .ShouldBe(resting, ignoreOrder: true);
            return;
        }

        TestSilo.Must(answer);
        if (kind == "season")
        {
            _world.Seasons.Remove(id);
            _world.CheckAll();
        }
        else
        {
            _world.Retired.Add((kind, id));
            if (kind == "exam")
                _world.CheckAll();
        }

        await Compare();
    }

    private async Task BringBack(string kind, string id)
    {
        await silo.Put(Retirement.With(Entry(kind, id), null));
        if (kind == "exam")
            _world.CheckAll();
        else if (kind == "institution")
            _world.Freed([], id);
        await Compare();
        Count($"bring back: {kind}");
    }

    private HashSet<Guid> Resting((string Kind, string Id) thing) =>
        thing.Kind == "season" ? _world.InSeason(_world.Seasons[thing.Id]) : _world.Resting(thing.Kind, thing.Id);

    private CatalogueEntry Entry(string kind, string id)
    {
        var catalogue = silo.Catalogue.Current;
        return kind switch
        {
            "exam" => catalogue.Exams[ExamId.Of(id)].Value,
            "pool" => catalogue.Pools[PoolId.Of(id)].Value,
            "institution" => new InstitutionEntry(catalogue.Institutions[InstitutionId.Of(id)].Value),
            _ => new SeasonEntry(catalogue.Seasons[SeasonId.Of(id)].Value),
        };
    }
}
