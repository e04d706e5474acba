namespace Scheduler.Ledger;

/// <summary>The net change of one institution's row by a batch. The id is empty for the operator.</summary>
internal sealed record InstitutionNet(string Id)
{
    /// <summary>The institution's version on which the batch's first change was decided.</summary>
    public long Decided { get; set; }

    public int Versions { get; set; }

    public int Online { get; set; }

    public int Overseen { get; set; }

    public int Entries { get; set; }
}
