using System.Globalization;
using NodaTime.Text;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Sentences about a back-up file.</summary>
internal static class CopyTexts
{
    // A longer list does not help the reader.
    private const int MostFindings = 100;

    /// <summary>What a copy contains: its size, its bookings and its last change.</summary>
    public static string Of(CopyFacts facts) => string.Create(
        CultureInfo.InvariantCulture, $"{facts.Bytes / 1e6:0.0} MB, {facts.Bookings} bookings, {LastChange(facts)}");

    /// <summary>Why a file is not a back-up that can be used, in one sentence without its beginning.</summary>
    public static string Of(CopyFault fault) => fault switch
    {
        CopyFault.NotALedger => "this is not a ledger of Scheduler.",
        CopyFault.NewerSchema newer => $"a newer version of Scheduler wrote this ledger ({newer.Script}); use that version.",
        CopyFault.Damaged damaged => $"the ledger is damaged or cut short ({damaged.Why.Split('\n')[0].TrimEnd('.')}).",
        CopyFault.NotSound unsound => string.Create(CultureInfo.InvariantCulture, $"the ledger does not add up: {unsound.Findings.Length} findings."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The findings of a check, one a line.</summary>
    public static IEnumerable<string> Findings(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Take(MostFindings))
            yield return finding.ToString();
        if (findings.Count > MostFindings)
            yield return string.Create(CultureInfo.InvariantCulture, $"… and {findings.Count - MostFindings} more.");
    }

    private static string LastChange(CopyFacts facts) =>
        facts.LastChange is { } last ? $"last change at {InstantPattern.ExtendedIso.Format(last)}" : "no change yet";
}
