using System.Collections.Immutable;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// The answer to a need, looked up by the rows of availability in ascending order of starts. The default value stands for a query without a need.
/// </summary>
internal struct NeedColumns(ImmutableArray<StartFit>? starts)
{
    /// <summary>An upper bound on the bytes of the two members in one row.</summary>
    public const int RowBytes = 80;

    /// <summary>The code for a start that is not on the grid by the newest catalogue, which the grain has used.</summary>
    private const string NotOnSlot = "not_on_slot";

    private int _next;

    /// <summary>Whether the query has a need.</summary>
    public readonly bool IsAsked => starts is not null;

    /// <summary>The code of the refusal at a start, in minutes since 1970 UTC; null when the need fits.</summary>
    public string? WhyNotAt(int minutes)
    {
        var rows = starts!.Value;
        while (_next < rows.Length && rows[_next].Minutes < minutes)
            _next++;
        return _next < rows.Length && rows[_next].Minutes == minutes ? rows[_next].WhyNot : NotOnSlot;
    }
}
