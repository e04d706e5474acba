using System.ComponentModel;

namespace Scheduler.Api;

/// <summary>A page of a list.</summary>
internal sealed record PageView<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    [Description("The cursor of the next page; null on the last page.")]
    public required string? Next { get; init; }
}
