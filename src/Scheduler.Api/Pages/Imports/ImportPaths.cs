using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Addresses of the pages and forms of imports.</summary>
internal static class ImportPaths
{
    /// <summary>The page where a file is chosen.</summary>
    public const string New = "/import";

    /// <summary>A file with the headings and an example.</summary>
    public const string Template = "/import/template";

    /// <summary>The page of an import.</summary>
    public static string Of(ImportId id) => $"{New}/{id}";

    /// <summary>The form that applies an import.</summary>
    public static string Apply(ImportId id) => $"{New}/{id}/apply";
}
