using System.ComponentModel;
using System.Globalization;

namespace Scheduler.Api;

/// <summary>A row of an import.</summary>
internal sealed record ImportRowView
{
    [Description("The number of the row in its file, as a spreadsheet counts; 0 for what the files do not name.")]
    public required int Row { get; init; }

    [Description("The name of the file; null for what the files do not name.")]
    public required string? File { get; init; }

    [Description("The id of what the row is about, as far as the row has one.")]
    public required string Subject { get; init; }

    public required string? Name { get; init; }

    public required ImportAction Action { get; init; }

    [Description("The fields that the row sets or changes, with their values before and after.")]
    public required ImportFieldView[] Fields { get; init; }

    [Description("Why the row is refused, each with the column and with what to do.")]
    public required ImportFaultView[] Faults { get; init; }

    [Description("What became of the row: done, or the code of a refusal. Null before.")]
    public required string? Result { get; init; }

    public static ImportRowView Of(ImportRow row) => new()
    {
        Row = row.Number,
        File = row.File,
        Subject = row.Subject,
        Name = row.Name,
        Action = row.Action,
        Fields = [.. row.Fields.Select(field => new ImportFieldView { Name = field.Name, Before = field.Before, After = field.After })],
        Faults =
        [
            .. row.Faults.Select(fault => new ImportFaultView
            {
                Code = fault.Code, Column = fault.Column, Detail = ImportSentences.Of(fault, CultureInfo.InvariantCulture),
            }),
        ],
        Result = row.Outcome,
    };
}

/// <summary>A field of a row.</summary>
internal sealed record ImportFieldView
{
    public required string Name { get; init; }

    public required string? Before { get; init; }

    public required string? After { get; init; }
}

/// <summary>Why a row is refused.</summary>
internal sealed record ImportFaultView
{
    public required string Code { get; init; }

    [Description("The heading of the column; null for a fault of the whole row.")]
    public required string? Column { get; init; }

    [Description("A sentence for people.")]
    public required string Detail { get; init; }
}
