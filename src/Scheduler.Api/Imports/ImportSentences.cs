using System.Globalization;
using System.Resources;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The sentences of faults in files and rows, in a language. The pages and the API say the same sentences; the API says them in English.
/// </summary>
internal static class ImportSentences
{
    private static readonly ResourceManager _texts = new("Scheduler.Api.Resources.ImportPageTexts", typeof(ImportPageTexts).Assembly);

    /// <summary>Why a file cannot be read.</summary>
    public static string Of(ImportFileFault fault, CultureInfo language) => Say($"import.file.{fault.Code}", language, fault.Figures);

    /// <summary>Why a row is refused.</summary>
    public static string Of(ImportFault fault, CultureInfo language) => fault.Column is { } column
        ? Say($"import.row.{fault.Code}", language, [column, .. fault.Figures])
        : OfRule(fault.Code, language);

    /// <summary>Why a rule refused a row.</summary>
    public static string OfRule(string code, CultureInfo language)
    {
        var name = $"import.rule.{code}";
        return Say(_texts.GetString(name, language) is null ? "import.rule.else" : name, language, [code]);
    }

    private static string Say(string name, CultureInfo language, string[] values) =>
        string.Format(language, _texts.GetString(name, language) ?? name, [.. values, "", "", "", ""]);
}
