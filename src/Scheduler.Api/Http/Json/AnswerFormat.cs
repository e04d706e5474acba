namespace Scheduler.Api;

/// <summary>The form of an answer that can be a table for a spreadsheet.</summary>
/// <param name="IsTable">Whether the answer is a table (CSV or a workbook); otherwise it is JSON.</param>
/// <param name="IsWorkbook">Whether the table is a workbook of a spreadsheet (Office Open XML).</param>
internal readonly record struct AnswerFormat(bool IsTable, bool IsWorkbook = false)
{
    private const string Json = "json";
    private const string Csv = "csv";
    private const string Xlsx = "xlsx";

    /// <summary>The text form in a query of a list that can also be a workbook.</summary>
    public static TextForm<AnswerFormat> WithWorkbook { get; } = new(
        (string text, out AnswerFormat value, out string remedy) =>
        {
            (value, remedy) = (new(text is Csv or Xlsx, text == Xlsx), $"must be {Json}, {Csv} or {Xlsx}");
            return text is Json or Csv or Xlsx;
        },
        format => format.IsWorkbook ? Xlsx : format.IsTable ? Csv : Json)
    { Describe = schema => TextForms.OneOf(schema, [Json, Csv, Xlsx]) };

    /// <summary>The text form, in a query.</summary>
    public static TextForm<AnswerFormat> Form { get; } = new(
        (string text, out AnswerFormat value, out string remedy) =>
        {
            (value, remedy) = (new(text == Csv), $"must be {Json} or {Csv}");
            return text is Json or Csv;
        },
        format => format.IsTable ? Csv : Json)
    { Describe = schema => TextForms.OneOf(schema, [Json, Csv]) };
}
