using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The hours whose seats a change of a pool's capacity set, and the shortfalls that it left.</summary>
internal static class AuditCapacity
{
    public static List<AuditField> Fields(Snapshot? before, CapacitySnapshot after, PageTime time, IStringLocalizer<AuditTexts> texts)
    {
        var old = before is EntrySnapshot { Entry: CapacityEntry { Capacity: var capacity } } ? capacity : null;
        IEnumerable<AuditField> hours = after switch
        {
            TemplateSnapshot { Template: var put } =>
            [
                new(
                    $"{time.ShortDate(put.From)} – {time.ShortDate(put.To)}",
                    old?.Templates.Where(one => one.From <= put.To && put.From <= one.To).Select(one => Rows(one, time, texts)).LastOrDefault(),
                    Rows(put, time, texts)),
            ],
            ExceptionSnapshot one => [Range(one.From, one.To, one.Seats)],
            ExceptionsSnapshot many => many.Exceptions.Select(one => Range(one.From, one.To, one.Seats)),
            _ => [],
        };
        return
        [
            .. hours,
            .. after.Shortfalls.Select(one => new AuditField(
                $"{texts["field.shortfall"]} · {time.Moment(SlotMinutes.ToInstant(one.Minutes))}", null, PageText.Number(one.Seats))),
        ];

        AuditField Range(Instant from, Instant to, int? seats) => new(
            $"{time.Moment(from)} – {time.Moment(to)}", old is null ? null : Seats(SeatsAt(old, from), texts), Seats(seats, texts));
    }

    private static string Seats(int? seats, IStringLocalizer<AuditTexts> texts) =>
        seats is { } number ? PageText.Number(number) : texts["audit.template"].Value;

    private static int? SeatsAt(PoolCapacity capacity, Instant at) =>
        capacity.Exceptions.Where(one => one.From <= at && at < one.To).Select(one => (int?)one.Seats).FirstOrDefault();

    private static string Rows(WeeklyTemplate template, PageTime time, IStringLocalizer<AuditTexts> texts) => template.Rows.IsEmpty
        ? texts["audit.closed"]
        : string.Join("; ", template.Rows.Select(row =>
            $"{string.Join(" ", row.Days.Select(time.Day))} {time.Clock(row.From)}–{time.Clock(new LocalTime(row.ToHour % 24, 0))}: "
            + PageText.Number(row.Seats)));
}
