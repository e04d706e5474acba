using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts values to their texts in storage forms and back. The ledger stores the words: add words, but never rename or remove one.</summary>
internal static class FormText
{
    private static readonly (Onboarding Step, string Word)[] _steps =
    [
        (Domain.Onboarding.Agreement, "agreement"), (Domain.Onboarding.Purchase, "purchase"), (Domain.Onboarding.ItLab, "it_lab"),
        (Domain.Onboarding.ItOnline, "it_online"),
    ];

    public static string Of(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static Instant Instant(string text) => InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow();

    public static string? OrNull(Instant? instant) => instant is { } given ? Of(given) : null;

    public static Instant? InstantOrNull(string? text) => text is null ? null : Instant(text);

    public static string Of(LocalTime time) => LocalTimePattern.ExtendedIso.Format(time);

    public static LocalTime Time(string text) => LocalTimePattern.ExtendedIso.Parse(text).GetValueOrThrow();

    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static string Of(Role role) => role switch
    {
        Domain.Role.Viewer => "viewer",
        Domain.Role.Instructor => "instructor",
        Domain.Role.Coordinator => "coordinator",
        Domain.Role.Operator => "operator",
        Domain.Role.Feed => "feed",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static Role Role(string text) => text switch
    {
        "viewer" => Domain.Role.Viewer,
        "instructor" => Domain.Role.Instructor,
        "coordinator" => Domain.Role.Coordinator,
        "operator" => Domain.Role.Operator,
        "feed" => Domain.Role.Feed,
        _ => throw new InvalidDataException($"'{text}' is no role."),
    };

    public static string Of(LateVouchers late) => late == Domain.LateVouchers.Forfeit ? "forfeit" : "return";

    public static LateVouchers LateVouchers(string text) => text switch
    {
        "forfeit" => Domain.LateVouchers.Forfeit,
        "return" => Domain.LateVouchers.Return,
        _ => throw new InvalidDataException($"'{text}' says nothing about late vouchers."),
    };

    public static string[] Of(Onboarding done) => [.. _steps.Where(step => done.HasFlag(step.Step)).Select(step => step.Word)];

    public static Onboarding Onboarding(string[] words)
    {
        var done = Domain.Onboarding.None;
        foreach (var word in words)
        {
            var index = Array.FindIndex(_steps, step => step.Word == word);
            done |= index < 0 ? throw new InvalidDataException($"'{word}' is no step of onboarding.") : _steps[index].Step;
        }

        return done;
    }

    /// <summary>The text; null for an empty text, so that the form omits the member.</summary>
    public static string? OrNull(string text) => text.Length == 0 ? null : text;
}
