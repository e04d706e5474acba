using NodaTime;

namespace Scheduler.Ledger;

/// <summary>
/// The place where a page of holds ended. All pages of one list use the instant of the first page. So a hold that lapses between two pages is shown once. A
/// hold that a command ends between two pages may be shown twice.
/// </summary>
/// <param name="At">The instant at which a hold must be live to belong to the first group.</param>
/// <param name="HasEnded">Whether the next page begins in the group of the ended holds.</param>
/// <param name="Place">The next page has the holds of the group that were made before this place.</param>
internal readonly record struct HoldCursor(Instant At, bool HasEnded, long Place)
{
    /// <summary>The place after the newest hold.</summary>
    public const long Newest = long.MaxValue;

    private const string LiveWord = "live";
    private const string EndedWord = "ended";

    /// <summary>Parses a cursor. Null is the beginning of the list at <paramref name="now"/>. Returns false for a text that is no cursor.</summary>
    public static bool TryParse(string? text, Instant now, out HoldCursor cursor)
    {
        cursor = new(now, HasEnded: false, Newest);
        if (text is null)
            return true;
        var parts = text.Split('.');
        if (parts is not [LiveWord or EndedWord, var at, var place] || !Cursor.TryParse(at, out long ticks) || ticks > RowText.Ticks(now))
            return false;
        var isPlace = Cursor.TryParse(place, out long before);
        cursor = new(RowText.Instant(ticks), parts[0] == EndedWord, before);
        return isPlace;
    }

    /// <inheritdoc />
    public override string ToString() => $"{(HasEnded ? EndedWord : LiveWord)}.{Cursor.Of(RowText.Ticks(At))}.{Cursor.Of(Place)}";
}
