namespace Scheduler.Api;

/// <summary>The form of an answer that can be a table for a spreadsheet.</summary>
/// <param name="IsTable">Whether the answer is a table (CSV); otherwise it is JSON.</param>
internal readonly record struct AnswerFormat(bool IsTable)
{
    private const string Json = "json";
    private const string Csv = "csv";

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
