namespace Scheduler.Solver.Tests;

/// <summary>Public problem families of the same form, drawn here: the solver takes them without change and solves them well.</summary>
public sealed class FamilyTests
{
    /// <summary>Generalized assignment: a machine is a pool of one slot, size and cost of a job differ by machine, and every job must be served. The test
    /// compares costs, which the value of the jobs must not hide.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Generalized_assignment_with_every_job_mandatory_costs_little_more_than_it_must(int value)
    {
        var random = new Random(4);
        const int Machines = 5;
        const int Jobs = 60;
        var jobs = Enumerable.Range(0, Jobs).Select(job => Build.Ask(
            $"j{job}",
            value,
            [.. Enumerable.Range(0, Machines).Select(machine => Job(random.Next(5, 26), machine))]) with
        { Mandatory = true }).ToArray();
        Candidate Job(int size, int machine) => Build.At(0, [size], 20 - (size / 2) + random.Next(10), $"m{machine}");
        var capacity = (int)(0.85 * jobs.Sum(job => job.Candidates.Average(candidate => candidate.Seats[0])) / Machines);
        var plan = Build.Solve(Build.Season([.. Enumerable.Range(0, Machines).Select(machine => Build.Pool($"m{machine}", capacity))], jobs));
        plan.Unserved.ShouldBeEmpty();
        (plan.Objective.Bound - plan.Objective.Value).ShouldBeLessThan(0.01 * plan.Objective.Cost);
    }

    /// <summary>Unit jobs of many slots with a cost per start in one cumulative resource.</summary>
    [Fact]
    public void Long_jobs_with_a_cost_per_start_come_near_the_bound()
    {
        var random = new Random(8);
        const int Slots = 64;
        var jobs = Enumerable.Range(0, 50).Select(job =>
        {
            int[] seats = [.. Enumerable.Repeat(random.Next(1, 6), random.Next(4, 25))];
            var starts = Enumerable.Range(0, Slots - seats.Length + 1);
            var candidates = starts.Select(start => Build.At(start, seats, Math.Round(random.NextDouble() * seats.Length * seats[0], 2)));
            return Build.Ask($"j{job}", seats.Length * seats[0] * 2, [.. candidates]);
        }).ToArray();
        var plan = Build.Solve(Build.Season([Build.Pool("p", [.. Enumerable.Repeat(28, Slots)])], jobs));
        plan.Objective.GapBeforeSharing.ShouldBeLessThan(0.04);
    }
}
