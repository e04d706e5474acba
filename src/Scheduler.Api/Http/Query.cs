using System.Globalization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Query parameters, read by name: each fault names its parameter, and a parameter nobody asked for is refused as an unknown field is.</summary>
internal sealed class Query(HttpRequest request)
{
    private readonly IQueryCollection _query = request.Query;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Faults _faults = new();

    public Faults Faults => _faults;

    public static Answer BadCursor()
    {
        var faults = new Faults();
        faults.Add("cursor", "must be a next that this list gave");
        return faults.Answer();
    }

    /// <summary>What is wrong with the query; null when it can be used. To be asked when all parameters have been read.</summary>
    public Answer? Problem()
    {
        foreach (var name in _query.Keys)
        {
            if (!_known.Contains(name))
                _faults.Add(name, "is not known here; leave it out or mend its name");
        }

        return _faults.Any ? _faults.Answer() : null;
    }

    public string? TextOrNone(string name)
    {
        _known.Add(name);
        var values = _query[name];
        if (values.Count == 0)
            return null;
        if (values is [{ Length: > 0 } text])
            return text;
        _faults.Add(name, "must be given once, with a value");
        return null;
    }

    public T? WordOrNone<T>(string name, Parse<T> read)
        where T : struct
    {
        if (TextOrNone(name) is not { } text)
            return null;
        if (read(text, out var value, out var remedy))
            return value;
        _faults.Add(name, remedy);
        return null;
    }

    /// <summary>A parameter that must be given; the default beside a fault.</summary>
    public T Word<T>(string name, Parse<T> read)
        where T : struct
    {
        if (_query[name].Count == 0)
            _faults.Add(name, "is required");
        return WordOrNone(name, read) ?? default;
    }

    public Instant? InstantOrNone(string name) => WordOrNone<Instant>(name, Words.TryInstant);

    /// <summary><c>from</c> and <c>to</c>, both required, at most <paramref name="mostDays"/> apart.</summary>
    public (Instant From, Instant To) Range(int mostDays)
    {
        var from = Word<Instant>("from", Words.TryInstant);
        var to = Word<Instant>("to", Words.TryInstant);
        if (_faults.Any)
            return (from, to);
        if (to < from)
            _faults.Add("to", "must not be before from");
        else if (to - from > Duration.FromDays(mostDays))
            _faults.Add("to", $"must be at most {mostDays} days after from");
        return (from, to);
    }

    /// <summary>Where the last page ended, and how many entries the next may have.</summary>
    public (string? Cursor, int Limit) Paging()
    {
        var limit = WordOrNone("limit", (string text, out int value, out string remedy) =>
        {
            remedy = $"must be a whole number from 1 to {Limits.PageSize}";
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= Limits.PageSize;
        });
        return (TextOrNone("cursor"), limit ?? Limits.DefaultPageSize);
    }
}
