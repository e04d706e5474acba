using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Which cells that do not fit lead to the page that says why, and what can be done.</summary>
internal static class CellLinks
{
    /// <summary>Whether the cell leads to the page. Inside the notice, the page has a form for operators alone.</summary>
    public static bool IsAsked(this GridCell cell, PageContext page, Need need, bool canBook) => canBook && need.IsWhole
        && (cell.State is CellState.Full or CellState.TooFew or CellState.LaterFull or CellState.LaterClosed or CellState.Rule
            or CellState.Collecting
            || (cell.State == CellState.Notice && page.Who.Role == Role.Operator));
}
