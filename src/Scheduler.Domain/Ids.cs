using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Domain;

/// <summary>The form of ids that a caller chooses: 1–64 of <c>a-z 0-9 - _</c>, starting with a letter or digit.</summary>
public static class Slug
{
    /// <summary>Longest id in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether <paramref name="text"/> is such an id.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength || text[0] is '-' or '_')
            return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
                return false;
        }

        return true;
    }

    internal static string Checked(string? text) => text ?? throw new InvalidOperationException("This id was never given a value.");
}

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

    /// <summary>An id that is known to be well formed (from the ledger, or a constant). Throws <see cref="FormatException"/> otherwise.</summary>
    public static PoolId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no pool id.");

    /// <summary>Byte order: the order in which slots are locked, the same in every database.</summary>
    public int CompareTo(PoolId other) => string.CompareOrdinal(_text, other._text);

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}

/// <summary>An exam's id, chosen by the operator.</summary>
public readonly record struct ExamId
{
    private readonly string? _text;

    private ExamId(string text) => _text = text;

    /// <summary>The id as written.</summary>
    public string Text => Slug.Checked(_text);

    /// <summary>Parses an id; false for anything that is not a <see cref="Slug"/>.</summary>
    public static bool TryParse(string? text, out ExamId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id._text is not null;
    }

    /// <summary>An id that is known to be well formed. Throws <see cref="FormatException"/> otherwise.</summary>
    public static ExamId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no exam id.");

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}

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

    /// <summary>An id that is known to be well formed. Throws <see cref="FormatException"/> otherwise.</summary>
    public static InstitutionId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no institution id.");

    /// <summary>Byte order: the order in which institutions are locked.</summary>
    public int CompareTo(InstitutionId other) => string.CompareOrdinal(_text, other._text);

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}

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

    /// <summary>An id that is known to be well formed. Throws <see cref="FormatException"/> otherwise.</summary>
    public static SeasonId Of(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no season id.");

    /// <inheritdoc />
    public override string ToString() => _text ?? "";
}

/// <summary>A booking's id: a UUID of version 7, so that new rows stand beside each other on disk.</summary>
public readonly record struct BookingId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static BookingId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>A hold's id (UUID version 7).</summary>
public readonly record struct HoldId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static HoldId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>A request's id (UUID version 7).</summary>
public readonly record struct RequestId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static RequestId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>A pack's id (UUID version 7).</summary>
public readonly record struct PackId(Guid Value) : IComparable<PackId>
{
    /// <summary>A fresh id.</summary>
    public static PackId New() => new(Guid.CreateVersion7());

    /// <summary>The order in which packs are locked.</summary>
    public int CompareTo(PackId other) => Value.CompareTo(other.Value);

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>An API key's id (UUID version 7); the key itself is never stored.</summary>
public readonly record struct ApiKeyId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static ApiKeyId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
