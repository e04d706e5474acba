using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>What an import does with things of one kind: how rows become commands, and how the commands are sent.</summary>
internal interface IImportSubjects
{
    /// <summary>The columns of a file.</summary>
    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>How many there are.</summary>
    int Present(Catalogue catalogue);

    /// <summary>Decides the rows of the tables. Changes nothing.</summary>
    Task<List<ImportRow>> Plan(ImportQuestion question, List<ImportFileFault> faults, CancellationToken cancellation);

    /// <summary>The present version of what a row is about; 0 when there is no such thing.</summary>
    int Version(ImportRow row, Catalogue catalogue);

    /// <summary>Sends the command of a row: the one that the API sends, with the row's key, and with the reason for the record.</summary>
    Task<ImportSent> Send(ImportRow row, Caller caller, string reason, CancellationToken cancellation);
}
