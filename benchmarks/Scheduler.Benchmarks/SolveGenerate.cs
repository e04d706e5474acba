using System.Globalization;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>generate SIZE LOAD SEED OUT [VARIANT]</c>: writes a seeded season as an instance file.</summary>
internal static class SolveGenerate
{
    public static async Task<int> Run(string[] args)
    {
        var (load, seed) = (double.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        var recipe = SeasonRecipe.Of(args[0], load, seed, args.Length > 4 ? args[4] : "plain");
        var instance = recipe.Generate();
        await using var file = File.Create(args[3]);
        await PlanFile.WriteInstance(instance, file);
        Console.WriteLine($"{instance.Name}: {instance.Requests.Count} requests, {instance.Requests.Sum(request => request.Candidates.Count)} candidates");
        return 0;
    }
}
