using System.Text.Json;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Whether a call carries a body.</summary>
internal enum BodyUse
{
    /// <summary>One JSON object.</summary>
    Required,

    /// <summary>One JSON object, or nothing, which is as good as an empty one.</summary>
    Optional,

    /// <summary>Nothing (an empty object passes).</summary>
    None,
}

/// <summary>What came with a changing call, read and not yet judged.</summary>
internal sealed class CallBody(Faults faults) : IDisposable
{
    private JsonDocument? _document;
    private Answer? _early;

    public Faults Faults { get; } = faults;

    /// <summary>The body's members; empty when there is no body.</summary>
    public Fields Fields { get; private set; } = Fields.Nothing(faults);

    /// <summary>R13's key with the hash of the call; null when none came.</summary>
    public IdempotencyStamp? Stamp { get; set; }

    /// <summary>The version that the caller has seen.</summary>
    public int? IfMatch { get; set; }

    /// <summary><c>If-Match: *</c>: it must be there.</summary>
    public bool MustExist { get; set; }

    /// <summary>What is wrong with the body: 413 or 415, or 400 with all bad fields; null when it can be used. Members nobody asked for are named here.</summary>
    public Answer? Problem()
    {
        Fields.RefuseUnknown();
        return _early ?? (Faults.Any ? Faults.Answer() : null);
    }

    public void Refuse(Answer answer)
    {
        _early ??= answer;
        Fields = Fields.Unread(Faults);
    }

    /// <summary>The body cannot be read at all.</summary>
    public void Fault(string remedy)
    {
        Faults.Add("body", remedy);
        Fields = Fields.Unread(Faults);
    }

    public void Take(JsonDocument document)
    {
        _document = document;
        Fields = Fields.Root(document.RootElement, Faults);
    }

    public void Dispose() => _document?.Dispose();
}
