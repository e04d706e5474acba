namespace Scheduler.Api;

/// <summary>Addresses of the pages and forms of capacity.</summary>
internal static class CapacityPaths
{
    /// <summary>The week of a pool, with the pane that changes hours.</summary>
    public const string Week = "/capacity";

    /// <summary>The form that saves a change of hours.</summary>
    public const string Save = "/capacity/save";

    /// <summary>The days of all pools, and their shortfalls.</summary>
    public const string Season = "/capacity/season";

    /// <summary>The template of a pool.</summary>
    public const string Template = "/capacity/template";

    /// <summary>The form that saves a template.</summary>
    public const string SaveTemplate = "/capacity/template/save";

    /// <summary>The page that shows what an undo of the last change would do.</summary>
    public const string Undo = "/capacity/undo";

    /// <summary>The form that undoes the last change.</summary>
    public const string SaveUndo = "/capacity/undo/save";
}
