namespace Scheduler.Domain;

/// <summary>A pool's id, chosen by the operator.</summary>
public readonly record struct PoolId : IComparable<PoolId>
{
    private readonly string? _text;

    private PoolId(string text) => _text = text;

    /// <summary>The id as written.</summary>
    public string Text => Slug.Checked(_text);

    /// <summary>Parses an id; false for anything that is not a <see cref="Slug"/>.</summary>
    public static bool TryParse(string? text, out PoolId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <summary>The id of a text that is known to be well formed (from the ledger, or a constant). Throws <see cref="FormatException"/> otherwise.</summary>
    public static PoolId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no pool id.");

    /// <summary>Compares by byte order, which is the same in every database. Code locks slots in this order.</summary>
    public int CompareTo(PoolId other) => string.CompareOrdinal(_text, other._text);

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}
