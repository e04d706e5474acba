namespace Scheduler.Domain;

/// <summary>An institution's id, chosen by the operator.</summary>
public readonly record struct InstitutionId : IComparable<InstitutionId>
{
    private readonly string? _text;

    private InstitutionId(string text) => _text = text;

    /// <summary>The id as written.</summary>
    public string Text => Slug.Checked(_text);

    /// <summary>Parses an id; false for anything that is not a <see cref="Slug"/>.</summary>
    public static bool TryParse(string? text, out InstitutionId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <summary>The id of a text that is known to be well formed. Throws <see cref="FormatException"/> otherwise.</summary>
    public static InstitutionId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no institution id.");

    /// <summary>Compares by byte order. Code locks institutions in this order.</summary>
    public int CompareTo(InstitutionId other) => string.CompareOrdinal(_text, other._text);

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}
