using Microsoft.Extensions.Localization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>What a cell says: a bold part, a small part, and the label that readers who listen hear. The label begins with the visible text.</summary>
internal readonly record struct CellText(string Kind, string Main, string Small, string Label)
{
    public static CellText Of(GridCell cell, IStringLocalizer texts, PageTime time, int needed)
    {
        var (kind, main, small, says) = Shown(cell, texts, needed);
        var start = cell.Start.InZone(time.Zone);
        var clock = cell.State == CellState.Skipped ? "" : time.Clock(cell.Start);
        var label = string.Join(", ", new[] { says, time.Date(start.Date), clock, Fit(cell, texts), Marks(cell, texts, time) }
            .Where(part => part.Length > 0));
        return new(kind, main, small, label);
    }

    private static (string Kind, string Main, string Small, string Says) Shown(GridCell cell, IStringLocalizer texts, int needed)
    {
        var free = PageText.Number(cell.Free);
        return cell.State switch
        {
            CellState.Fits or CellState.Free => ($"f{cell.Step}", free, "", texts.Count("cell.freeLabel", cell.Free)),
            CellState.TooFew => Both("no", free, texts["cell.of", PageText.Number(needed)]),
            CellState.LaterFull when cell.LaterFree == 0 => Both("no", free, texts["cell.thenFull"]),
            CellState.LaterFull => Both("no", free, texts["cell.then", PageText.Number(cell.LaterFree)]),
            CellState.LaterClosed => Both("no", free, texts["cell.hoursLeft", cell.HoursOpen]),
            CellState.Rule => Both("no", free, Why(cell.Why!, texts)),
            CellState.Full => Alone("full", texts["cell.full"]),
            CellState.Notice => ("notice", "–", "", texts["cell.noticeLabel"]),
            CellState.Horizon => ("horizon", "–", "", texts["cell.horizonLabel"]),
            CellState.Collecting when cell.Asked is { } asked =>
                Both("collecting", PageText.Number(asked), texts.Count("cell.asked", asked, PageText.Number(cell.Capacity))),
            CellState.Collecting => Both("collecting", "", texts["cell.collecting"]),
            CellState.Closed => ("closed", "·", "", texts["cell.closedLabel"]),
            CellState.Skipped => Both("skipped", "", texts["cell.skipped"]),
            _ => ("past", "", "", texts["cell.pastLabel"]),
        };
    }

    private static (string Kind, string Main, string Small, string Says) Both(string kind, string main, string small) =>
        (kind, main, small, main.Length == 0 ? small : $"{main} {small}");

    private static (string Kind, string Main, string Small, string Says) Alone(string kind, string main) => (kind, main, "", main);

    /// <summary>The rule that refuses the block, in two words.</summary>
    private static string Why(string code, IStringLocalizer texts) => texts[$"cell.why.{code}"] is { ResourceNotFound: false } known
        ? known
        : texts["cell.why.rule"];

    private static string Fit(GridCell cell, IStringLocalizer texts) => cell.State switch
    {
        CellState.Fits => texts["cell.fitsLabel"],
        CellState.TooFew or CellState.LaterFull or CellState.LaterClosed or CellState.Rule => texts["cell.fitsNotLabel"],
        _ => "",
    };

    private static string Marks(GridCell cell, IStringLocalizer texts, PageTime time) => string.Join(", ", new[]
    {
        cell.Own > 0 ? texts["cell.yours", PageText.Number(cell.Own)] : "",
        cell.HeldUntil is { } until ? $"{texts.Count("cell.held", cell.Held)} {texts["hold.untilTime", time.Clock(until)]}" : "",
        cell.IsAwaited ? texts["cell.waiting"] : "",
        cell.Selected > 0 ? texts["cell.chosen", PageText.Number(cell.Selected)] : "",
    }.Where(mark => mark.Length > 0));
}
