using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Retirement and booking at the same moment. Whoever retires an entry reads that nothing to come rests on it, and the commit checks the changes since that
/// reading (<see cref="RowWrite.NothingRests"/>). Whoever makes a booking, a hold or a request checks in its batch that the exam, the pool and the institution
/// are not retired. On SQLite one thread writes, so one of the two comes first. On PostgreSQL every batch that makes something takes a shared lock, and a
/// retirement takes the same lock alone: so the retirement sees every batch before it, and every later batch sees the retirement.
/// </summary>
internal static class RestsOn
{
    /// <summary>Changes since the mark that a commit still looks at. With more changes the retirement is decided again.</summary>
    public const int MostChanges = 10_000;

    /// <summary>The catalogue entries on which a row rests: three for a new booking, hold or request, none for any other row.</summary>
    public static (string Kind, string Id)[] Keys(RowWrite row) => row switch
    {
        RowWrite.BookingMade { Booking.Sitting: var sitting } => Keys(sitting.Exam, sitting.Pool, sitting.Institution),
        RowWrite.HoldMade { Hold.Sitting: var sitting } => Keys(sitting.Exam, sitting.Pool, sitting.Institution),
        RowWrite.RequestMade { Request: var request } => Keys(request.Exam, request.Pool, request.Institution),
        _ => [],
    };

    /// <summary>Whether the snapshots after the changes since the mark contradict the row.</summary>
    public static bool IsDisturbed(RowWrite.NothingRests row, IReadOnlyCollection<string> snapshots) =>
        snapshots.Count > MostChanges || snapshots.Any(text => Rests(SnapshotText.Read(text), row));

    private static bool Rests(Snapshot after, RowWrite.NothingRests row) => after switch
    {
        BookingSnapshot booking => Retirement.Rests(booking.Booking, row.Entry, row.Now),
        HoldSnapshot hold => Retirement.Rests(hold.Hold, row.Entry, row.Now),
        RequestSnapshot request => Retirement.Rests(request.Request, row.Entry, row.Now),
        EntrySnapshot { Entry: InstitutionEntry { Institution: { Retired: null, Board: { } board } } } =>
            row.Entry is InstitutionEntry of && of.Institution.Id == board,
        // A policy that lowers the horizon rests on the lead times of the seasons.
        EntrySnapshot { Entry: SeasonEntry { Season: { Retired: null } season } } =>
            row.Entry is PolicyEntry of && season.LeadTimeDays > of.Policy.HorizonDays,
        // A later version wrote the snapshot; it may be of anything.
        UnreadableSnapshot => true,
        _ => false,
    };

    private static (string Kind, string Id)[] Keys(ExamId exam, PoolId pool, InstitutionId institution) =>
        [("exam", exam.Text), ("pool", pool.Text), ("institution", institution.Text)];
}
