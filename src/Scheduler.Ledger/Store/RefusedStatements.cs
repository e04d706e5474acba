using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Statements about refused sittings that are the same for both databases.</summary>
internal static class RefusedStatements
{
    public const string Put =
        """
        insert into refused_sittings (institution, exam, day, pool, start_minutes, profile, seats, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (institution, exam, day) do update set pool = excluded.pool, start_minutes = excluded.start_minutes, profile = excluded.profile,
            seats = excluded.seats, at = excluded.at where excluded.seats > refused_sittings.seats
        """;

    public const string Remove = "delete from refused_sittings where pool = $1 and start_minutes < $2";

    /// <summary>The values of <see cref="Put"/>.</summary>
    public static object[] Values(RefusedSitting sitting) =>
    [
        sitting.Institution.Text, sitting.Exam.Text, RowText.Date(sitting.Day), sitting.Pool.Text, SlotMinutes.Of(sitting.Start),
        sitting.Profile.ToString(), sitting.Profile[0], RowText.Ticks(sitting.At),
    ];
}
