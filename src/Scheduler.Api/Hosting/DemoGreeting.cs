using NodaTime;
using Scheduler.Demo;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The lines that a person who starts a demonstration reads: what was loaded, the keys, and calls to try.</summary>
internal static class DemoGreeting
{
    /// <summary>The message when the ledger is not empty, so that the demonstration cannot be loaded.</summary>
    public const string NotEmpty = "The demonstration season is loaded into an empty database only, and this database has pools, exams, schools or seasons. "
        + "To use this database, start without Scheduler__Demo. To load the demonstration, set Scheduler__DataDirectory to an empty folder.";

    public static IEnumerable<string> Lines(DemoReport report, string url)
    {
        yield return $"The demonstration season was loaded in {report.Took.TotalSeconds:0.0} s: {Of("booked")} bookings of {Of("schools")} schools, "
            + $"{Of("cancelled")} cancelled, {Of("moved")} moved, {Of("waitlisted")} on waitlists, {Of("queued")} flexible requests, "
            + $"{report.Refused.Values.Sum()} requests refused, "
            + $"{report.FullHours} hours of the first peak full. Everything in it is invented.";
        yield return "Keys of four people, shown this once:";
        foreach (var key in report.Keys)
            yield return $"  {key.Person,-54} {key.Secret}";
        var free = report.Free;
        var day = $"pool={free.Pool}&from={free.Start}&to={free.Start + Duration.FromHours(8)}";
        var local = TextForms.LocalTime.Write(LocalStart.Shown(report.Zone, free.Start));
        var call = $"  curl -H 'Authorization: Bearer {report.Keys[2].Secret}'";
        yield return "Try these two calls. The first shows the free seats of one pool on one day, the second makes a booking there.";
        yield return $"{call} '{url}{ApiSetup.BasePath}/availability?{day}'";
        yield return $"{call} -H 'Content-Type: application/json' {url}{ApiSetup.BasePath}/institutions/{report.School}/bookings "
            + $"-d '{{\"exam\":\"{free.Exam}\",\"pool\":\"{free.Pool}\",\"localStart\":\"{local}\",\"seats\":{free.Seats},\"mode\":\"lab\"}}'";

        int Of(string kind) => report.Done.GetValueOrDefault(kind);
    }
}
