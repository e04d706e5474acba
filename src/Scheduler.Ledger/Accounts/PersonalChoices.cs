namespace Scheduler.Ledger;

/// <summary>How a person wants to see the pages. The choices are kept with the account, so that they hold in the person's next browser too.</summary>
public sealed record PersonalChoices
{
    /// <summary>The tag of the language, such as <c>fr-CA</c>.</summary>
    public required string Language { get; init; }

    /// <summary><c>light</c> or <c>dark</c>; null for the theme of the person's system.</summary>
    public string? Theme { get; init; }

    /// <summary>Whether English times are on a clock of 12 hours.</summary>
    public bool HasTwelveHours { get; init; }

    /// <summary>Whether single letters act as keys.</summary>
    public bool HasLetterKeys { get; init; } = true;
}
