using System.ComponentModel;
using System.Globalization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats booked against seats used, of one institution, programme and season (R18).</summary>
internal sealed record UseView
{
    /// <summary>The heads of the columns of the table.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["institution", "programme", "season", "sittings", "seatsBooked", "reported", "seatsReported", "attended", "noShows", "noShowRate"];

    public required InstitutionId Institution { get; init; }

    public required string Programme { get; init; }

    [Description("The season of the exam days; null for days outside every season.")]
    public required SeasonId? Season { get; init; }

    [Description("Bookings whose sitting has begun.")]
    public required int Sittings { get; init; }

    [Description("Seats of these bookings.")]
    public required int SeatsBooked { get; init; }

    [Description("Bookings whose school said how many sat.")]
    public required int Reported { get; init; }

    [Description("Seats of the bookings with a report.")]
    public required int SeatsReported { get; init; }

    [Description("Candidates who sat, of the bookings with a report.")]
    public required int Attended { get; init; }

    [Description("Seats of the bookings with a report at which nobody sat.")]
    public required int NoShows { get; init; }

    [Description("noShows divided by seatsReported, with four decimals; null before any report.")]
    public required decimal? NoShowRate { get; init; }

    public static UseView Of(UseFigures figures) => new()
    {
        Institution = figures.Institution,
        Programme = figures.Programme,
        Season = figures.Season,
        Sittings = figures.Sittings,
        SeatsBooked = figures.Seats,
        Reported = figures.Reported,
        SeatsReported = figures.SeatsReported,
        Attended = figures.Attended,
        NoShows = figures.NoShows,
        NoShowRate = figures.NoShowRate,
    };

    /// <summary>The row of the table.</summary>
    public string[] Row() =>
    [
        Institution.Text, Programme, Season?.Text ?? "", Text(Sittings), Text(SeatsBooked), Text(Reported), Text(SeatsReported), Text(Attended), Text(NoShows),
        NoShowRate?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
