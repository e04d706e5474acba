using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The typed members: numbers, texts, times, words.</summary>
internal sealed partial class Fields
{
    /// <summary>A whole number within bounds, written without fraction and exponent.</summary>
    public int Whole(string name, int least, int most) => WholeOr(name, Absent.IsFault, least, most) ?? least;

    /// <summary>A whole number that may be left out.</summary>
    public int? WholeOr(string name, Absent absent, int least, int most)
    {
        if (!Take(name, absent, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Fault(name, $"must be a whole number from {least} to {most}");
        return null;
    }

    /// <summary>An exact decimal above 0 and at most 1.</summary>
    public decimal? ShareOr(string name, Absent absent)
    {
        if (!Take(name, absent, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var share) && share is > 0 and <= 1 && share.Scale <= 9)
            return share;
        Fault(name, "must be a number above 0 and at most 1, with at most 9 decimals");
        return null;
    }

    public bool Flag(string name) => FlagOr(name, Absent.IsFault) ?? false;

    public bool? FlagOr(string name, Absent absent)
    {
        if (!Take(name, absent, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(name, "must be true or false");
        return null;
    }

    /// <summary>A line of text for people.</summary>
    public string Line(string name) => LineOr(name, Absent.IsFault) ?? "";

    public string? LineOr(string name, Absent absent) => TextOr(name, absent, (string text, out string value, out string remedy) =>
    {
        value = text;
        return Words.IsLine(text, Limits.TextCharacters, out remedy);
    });

    /// <summary>A written reason, which may run over several lines.</summary>
    public string? ReasonOr(string name, Absent absent) => TextOr(name, absent, (string text, out string value, out string remedy) =>
    {
        value = text;
        return Words.IsReason(text, Limits.ReasonCharacters, out remedy);
    });

    /// <summary>A text that <paramref name="read"/> understands.</summary>
    public T Text<T>(string name, Parse<T> read) => TextOr(name, Absent.IsFault, read)!;

    public T? TextOr<T>(string name, Absent absent, Parse<T> read)
    {
        if (!Take(name, absent, out var value))
            return default;
        if (value.ValueKind != JsonValueKind.String || value.TextOrNull() is not { } text)
        {
            Fault(name, value.ValueKind == JsonValueKind.String ? "must be Unicode text; a surrogate stands alone" : "must be a text");
            return default;
        }

        if (read(text, out var one, out var remedy))
            return one;
        Fault(name, remedy);
        return default;
    }

    /// <summary>An instant; the epoch when faulty.</summary>
    public Instant Instant(string name) => Text<Instant>(name, Words.TryInstant);

    /// <summary>An instant; null when left out or null.</summary>
    public Instant? InstantOrNull(string name)
    {
        if (Has(name))
            return Instant(name);
        Ignore(name);
        return null;
    }

    public LocalDate Date(string name) => Text<LocalDate>(name, Words.TryDate);

    public DateTimeZone Zone(string name) => Text<DateTimeZone>(name, Words.TryZone) ?? DateTimeZone.Utc;

    /// <summary>Of a body that shows its own id: it must be the one in the path.</summary>
    public void SameId(string id)
    {
        if (TextOr<string>("id", Absent.MayBeLeftOut, Words.TryAny) is { } given && given != id)
            Fault("id", $"must be the one in the path, {id}, or left out");
    }
}
