using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Addresses of the pages and forms where operators set things up.</summary>
internal static class SetupPaths
{
    /// <summary>The seasons.</summary>
    public const string Seasons = "/seasons";

    /// <summary>The form of a season, with the preview of what a change touches.</summary>
    public const string Season = "/seasons/edit";

    /// <summary>The form that saves a season.</summary>
    public const string SaveSeason = "/seasons/save";

    /// <summary>The policy, with the preview of what a change touches.</summary>
    public const string Policy = "/policy";

    /// <summary>The form that saves the policy.</summary>
    public const string SavePolicy = "/policy/save";

    /// <summary>The schools.</summary>
    public const string Institutions = "/institutions";

    /// <summary>A school, with the preview of what a change touches.</summary>
    public const string Institution = "/institutions/edit";

    /// <summary>The form that saves a school.</summary>
    public const string SaveInstitution = "/institutions/save";

    /// <summary>The form that adds a pack to a school.</summary>
    public const string AddPack = "/institutions/pack";

    /// <summary>The page that raises the packs of many schools.</summary>
    public const string Packs = "/institutions/packs";

    /// <summary>The form that raises the packs of many schools.</summary>
    public const string RaisePacks = "/institutions/packs/save";

    /// <summary>The pools and exams.</summary>
    public const string Catalogue = "/catalogue";

    /// <summary>A pool, with the preview of what a change touches.</summary>
    public const string Pool = "/catalogue/pool";

    /// <summary>The form that saves a pool.</summary>
    public const string SavePool = "/catalogue/pool/save";

    /// <summary>An exam, with the preview of what a change touches.</summary>
    public const string Exam = "/catalogue/exam";

    /// <summary>The form that saves an exam.</summary>
    public const string SaveExam = "/catalogue/exam/save";

    /// <summary>The page that shows what keeps a thing from being retired, and retires it.</summary>
    public const string Retire = "/retire";

    /// <summary>The form that retires a thing.</summary>
    public const string SaveRetire = "/retire/save";

    /// <summary>The field that asks for a preview.</summary>
    public const string ShowField = "show";

    /// <summary>The field that says that a form makes a new thing.</summary>
    public const string MakeField = "make";

    /// <summary>An address with fields. A field that is null is left out; an empty one says that the value is none.</summary>
    public static string With(string path, IEnumerable<(string Name, string? Value)> fields)
    {
        var query = string.Join('&', fields.Where(field => field.Value is not null).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>The form of a season.</summary>
    public static string Of(SeasonId season) => $"{Season}?id={season.Text}";

    /// <summary>The page of a school.</summary>
    public static string Of(InstitutionId institution) => $"{Institution}?id={institution.Text}";

    /// <summary>The page of a pool.</summary>
    public static string Of(PoolId pool) => $"{Pool}?id={pool.Text}";

    /// <summary>The page of an exam.</summary>
    public static string Of(ExamId exam) => $"{Exam}?id={exam.Text}";

    /// <summary>The page that retires a thing.</summary>
    /// <param name="kind">The kind of the thing, as in an address of the API.</param>
    /// <param name="id">The thing.</param>
    public static string RetireOf(string kind, string id) => $"{Retire}?kind={kind}&id={id}";
}
