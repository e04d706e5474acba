using System.Globalization;
using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Jobs with due times under a varying capacity: every job must be served, at any start in the horizon, and costs the hours by which it ends after its
/// due time. Read from a compact file, or drawn.</summary>
internal sealed record DueTimeCase(string Name, int[] Capacity, (int Hours, int Seats, int Due)[] Jobs)
{
    private static readonly Instant _start = Instant.FromUtc(2026, 12, 7, 0, 0);

    /// <summary>Reads lines <c>horizon H</c>, <c>cap LENGTH CAPACITY</c> and <c>job HOURS SEATS DUE</c>.</summary>
    public static DueTimeCase Read(string path)
    {
        var (capacity, jobs, horizon) = (new List<int>(), new List<(int, int, int)>(), 0);
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int Number(int at) => int.Parse(words[at], CultureInfo.InvariantCulture);
            switch (words.FirstOrDefault())
            {
                case "horizon": horizon = Number(1); break;
                case "cap": capacity.AddRange(Enumerable.Repeat(Number(2), Number(1))); break;
                case "job": jobs.Add((Number(1), Number(2), Number(3))); break;
                default: break;
            }
        }
        return new DueTimeCase(Path.GetFileNameWithoutExtension(path), [.. capacity.Take(horizon)], [.. jobs]);
    }

    /// <summary>Draws jobs for so much capacity that 6 % of it stays free. Due times lie in the first two thirds of the horizon.</summary>
    public static DueTimeCase Draw(int jobs, int mostHours, int mostSeats, int leastCapacity, int mostCapacity, int seed)
    {
        var random = new Random(seed);
        var drawn = Enumerable.Range(0, jobs).Select(_ => (Hours: random.Next(1, mostHours + 1), Seats: random.Next(1, mostSeats + 1))).ToArray();
        var needed = 1.06 * drawn.Sum(job => (double)job.Hours * job.Seats);
        var capacity = new List<int>();
        for (var room = 0.0; room < needed;)
        {
            var (length, seats) = (random.Next(10, 61), random.Next(leastCapacity, mostCapacity + 1));
            capacity.AddRange(Enumerable.Repeat(seats, length));
            room += (double)length * seats;
        }
        capacity.AddRange(Enumerable.Repeat(Math.Max(mostSeats, leastCapacity), mostHours));
        var span = capacity.Count * 2 / 3;
        return new DueTimeCase(
            FormattableString.Invariant($"due {jobs} jobs, seed {seed}"), [.. capacity],
            [.. drawn.Select(job => (job.Hours, job.Seats, job.Hours + random.Next(span)))]);
    }

    public Instance ToInstance() => new()
    {
        Name = Name, SlotMinutes = 60, Pools = [new Pool("p", [.. Capacity.Select((seats, hour) => new PoolSlot(At(hour), seats))])],
        Institutions = [new Institution("one", [])], Requests = [.. Jobs.Select(ToRequest)],
    };

    private Request ToRequest((int Hours, int Seats, int Due) job, int index)
    {
        int[] seats = [.. Enumerable.Repeat(job.Seats, job.Hours)];
        return new Request
        {
            Id = $"j{index}", Institution = "one", Value = 10.0 * Capacity.Length, Mandatory = true,
            Candidates = [.. Enumerable.Range(0, Capacity.Length - job.Hours + 1)
                .Select(start => new Candidate("p", At(start), seats, Math.Max(0, start + job.Hours - job.Due)))],
        };
    }

    private static Instant At(int hour) => _start + Duration.FromHours(hour);
}
