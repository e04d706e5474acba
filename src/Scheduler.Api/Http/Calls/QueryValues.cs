using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The query parameters of one call. Each fault names its parameter.</summary>
internal sealed class QueryValues(HttpRequest request, QueryParameters declared, FieldFaults? faults = null)
{
    private readonly IQueryCollection _query = request.Query;

    public FieldFaults Faults { get; } = faults ?? new();

    /// <summary>The problem of the query; null when the query can be used. Call this after all parameters have been read.</summary>
    public ApiProblem? Problem()
    {
        AddUnknown(request, declared, Faults);
        return Faults.Problem();
    }

    /// <summary>Adds a fault for each parameter that the route does not declare, and for each that is not percent-encoded text.</summary>
    public static void AddUnknown(HttpRequest request, QueryParameters declared, FieldFaults faults)
    {
        QueryText.Check(request.QueryString, faults);
        foreach (var name in request.Query.Keys)
        {
            if (!declared.Contains(name))
                faults.Add(name, "is not known here; leave it out or correct its name");
        }
    }

    /// <summary>Whether the query has the parameter, with a good value or a faulty one.</summary>
    public bool Has(QueryParameter parameter) => _query.ContainsKey(parameter.Name);

    /// <summary>A value; null when the parameter is left out or faulty.</summary>
    public T? Value<T>(QueryParameter<T> parameter)
        where T : struct => Raw(parameter) is { } text && Read(parameter, text, out var value) ? value : null;

    /// <summary>A value that must be given. When the parameter is missing or faulty, a fault is added and the type's default is returned.</summary>
    public T Required<T>(QueryParameter<T> parameter)
        where T : struct => Value(parameter) ?? default;

    /// <summary>A text; null when the parameter is left out or faulty.</summary>
    public string? Text(QueryParameter<string> parameter) => Raw(parameter) is { } text && Read(parameter, text, out var value) ? value : null;

    /// <summary><c>from</c> and <c>to</c> of a list that can be filtered. Each may be left out.</summary>
    public (Instant? From, Instant? To) Filter()
    {
        var (from, to) = (Value(QueryParameters.Since), Value(QueryParameters.Until));
        if (to < from)
            Faults.Add("to", "must not be before from");
        return (from, to);
    }

    /// <summary><c>from</c> and <c>to</c>, both required, at most <paramref name="maxDays"/> days apart.</summary>
    public (Instant From, Instant To) Range(int maxDays, bool mayBeEmpty = true)
    {
        var from = Required(QueryParameters.From);
        var to = Required(QueryParameters.To);
        if (Faults.Any)
            return (from, to);
        if (to < from)
            Faults.Add("to", "must not be before from");
        else if (to == from && !mayBeEmpty)
            Faults.Add("to", "must be later than from");
        else if (to - from > Duration.FromDays(maxDays))
            Faults.Add("to", $"must be at most {maxDays} days after from");
        return (from, to);
    }

    /// <summary>The cursor at the end of the page before, and the greatest number of entries of the page.</summary>
    public (string? Cursor, int Limit) Paging() => (Text(QueryParameters.Cursor), Value(QueryParameters.Limit) ?? Limits.DefaultPageSize);

    private string? Raw(QueryParameter parameter)
    {
        var values = _query[parameter.Name];
        if (values is [{ Length: > 0 } text])
            return text;
        if (values.Count > 0)
            Faults.Add(parameter.Name, "must be given once, with a value");
        else if (parameter.IsRequired)
            Faults.Add(parameter.Name, "is required");
        return null;
    }

    private bool Read<T>(QueryParameter<T> parameter, string text, out T? value)
    {
        if (parameter.Typed.TryRead(text, out value, out var remedy))
            return true;
        Faults.Add(parameter.Name, remedy);
        return false;
    }
}
