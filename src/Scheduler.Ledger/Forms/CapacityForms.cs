using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts templates and exceptions of a pool's capacity to their storage forms and back.</summary>
internal static class CapacityForms
{
    public static CapacityForm Of(PoolId pool, PoolCapacity capacity) => new()
    {
        Pool = pool.Text,
        Templates = [.. capacity.Templates.Select(Of)],
        Exceptions = Of(capacity.Exceptions),
    };

    public static PoolCapacity Capacity(CapacityForm form) => new()
    {
        Templates = [.. form.Templates.Select(Template)],
        Exceptions = Exceptions(form.Exceptions),
    };

    public static ExceptionsForm Of(ExceptionsSnapshot snapshot) =>
        new() { Pool = snapshot.Pool.Text, Version = snapshot.Version, Exceptions = Of(snapshot.Exceptions), Shortfalls = Of(snapshot.Shortfalls) };

    public static ExceptionsSnapshot Exceptions(ExceptionsForm form) =>
        new(PoolId.Of(form.Pool), form.Version, Exceptions(form.Exceptions)) { Shortfalls = Shortfalls(form.Shortfalls) };

    public static TemplateForm Of(TemplateSnapshot snapshot) =>
        new() { Pool = snapshot.Pool.Text, Template = Of(snapshot.Template), Shortfalls = Of(snapshot.Shortfalls) };

    public static TemplateSnapshot Template(TemplateForm form) =>
        new(PoolId.Of(form.Pool), Template(form.Template)) { Shortfalls = Shortfalls(form.Shortfalls) };

    public static ExceptionForm Of(ExceptionSnapshot snapshot) => new()
    {
        Pool = snapshot.Pool.Text,
        From = FormText.Of(snapshot.From),
        To = FormText.Of(snapshot.To),
        Seats = snapshot.Seats,
        Shortfalls = Of(snapshot.Shortfalls),
    };

    public static ExceptionSnapshot Exception(ExceptionForm form) =>
        new(PoolId.Of(form.Pool), FormText.Instant(form.From), FormText.Instant(form.To), form.Seats) { Shortfalls = Shortfalls(form.Shortfalls) };

    private static WeeklyTemplateForm Of(WeeklyTemplate template) => new()
    {
        From = RowText.Date(template.From),
        To = RowText.Date(template.To),
        Rows =
        [
            .. template.Rows.Select(row => new WeeklyRowForm
            {
                Days = [.. row.Days.Select(day => (int)day)], From = FormText.Of(row.From), ToHour = row.ToHour, Seats = row.Seats,
            }),
        ],
    };

    private static WeeklyTemplate Template(WeeklyTemplateForm form) => new(
        RowText.Date(form.From),
        RowText.Date(form.To),
        [.. form.Rows.Select(row => new WeeklyRow([.. row.Days.Select(day => (IsoDayOfWeek)day)], FormText.Time(row.From), row.ToHour, row.Seats))]);

    private static CapacityExceptionForm[] Of(ImmutableArray<CapacityException> exceptions) =>
        [.. exceptions.Select(one => new CapacityExceptionForm { From = FormText.Of(one.From), To = FormText.Of(one.To), Seats = one.Seats })];

    private static ImmutableArray<CapacityException> Exceptions(CapacityExceptionForm[] forms) =>
        [.. forms.Select(one => new CapacityException(FormText.Instant(one.From), FormText.Instant(one.To), one.Seats))];

    private static ShortfallForm[]? Of(ImmutableArray<Shortfall> shortfalls) =>
        shortfalls.IsDefaultOrEmpty ? null : [.. shortfalls.Select(one => new ShortfallForm { Minutes = one.Minutes, Seats = one.Seats })];

    private static ImmutableArray<Shortfall> Shortfalls(ShortfallForm[]? forms) =>
        forms is null ? [] : [.. forms.Select(form => new Shortfall(form.Minutes, form.Seats))];
}
