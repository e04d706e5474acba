namespace Scheduler.Domain;

/// <summary>A season's id, chosen by the operator.</summary>
public readonly record struct SeasonId
{
    private readonly string? _text;

    private SeasonId(string text) => _text = text;

    /// <summary>The id as written.</summary>
    public string Text => Slug.Checked(_text);

    /// <summary>Parses an id; false for anything that is not a <see cref="Slug"/>.</summary>
    public static bool TryParse(string? text, out SeasonId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <summary>The id of a text that is known to be well formed. Throws <see cref="FormatException"/> otherwise.</summary>
    public static SeasonId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no season id.");

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}
