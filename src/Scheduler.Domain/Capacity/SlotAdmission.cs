namespace Scheduler.Domain;

/// <summary>How a slot decides who gets its seats (R3, R9, R10).</summary>
/// <remarks>
/// <para>
/// A seat is in one of four states. <b>Free</b>: nobody has the seat. <b>Kept</b>: the seat is free, but only the waitlist may take it, while a waitlist round
/// runs for the slot. <b>Held</b>: a hold has the seat until the hold's end. <b>Booked</b>: a booking has the seat. Only a commit changes a seat's state: free
/// or kept → held or booked (book, hold, serve the waitlist), held → booked (confirm), held → free (release, sweep), booked → free (cancel, move, shrink). A
/// hold's seats count as free from the hold's end on, without a commit. The sweep after that only updates the rows.
/// </para>
/// <para>
/// There is no pending state. A slot admits an ask when the committed seats leave enough free seats, and stores nothing about the ask. Two asks for the last
/// seat are both admitted. The commit decides them in the order of their arrival, under a guard in the transaction. The queue of the ask that lost asks the
/// slot again. By then the slot knows the winner's commit and refuses with correct figures. So a refusal never depends on a commit that may still fail, there
/// is no reservation that can be lost, and a full slot refuses without a database call.
/// </para>
/// <para>
/// Possible failures. The caller fails after the slot admitted its ask: the slot stored nothing, so there is nothing to undo. The slot's grain fails at any
/// time: its next activation reads the picture in memory. The caller that began a round fails: the slot ends the round after ten seconds, so walk-ins wait no
/// longer; the order of the waitlist may then be wrong, but no seat is lost or promised twice. The picture is old: the guard in the transaction refuses, and
/// the caller asks again for a fresh answer.
/// </para>
/// </remarks>
public static class SlotAdmission
{
    /// <summary>Decides an ask for <paramref name="seats"/> seats. An ask for 0 seats only reads the figures, so it is always admitted.</summary>
    /// <param name="seats">Seats asked for, beside the seats that the asker already has in this slot.</param>
    /// <param name="free">Seats without a booking or live hold; below 0 in a shortfall.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="hasLapsed">Whether a lapsed hold in this slot is not swept yet and the waitlist has an entry for the slot.</param>
    /// <param name="hasRound">Whether a waitlist round runs for the slot.</param>
    public static SlotVerdict Decide(int seats, int free, SlotAsker asker, bool hasLapsed, bool hasRound) =>
        seats <= 0 ? SlotVerdict.Admitted
        : asker == SlotAsker.WalkIn && hasLapsed ? SlotVerdict.AfterSweep
        : seats > free ? SlotVerdict.Full
        : asker == SlotAsker.WalkIn && hasRound ? SlotVerdict.AfterRound
        : SlotVerdict.Admitted;
}
