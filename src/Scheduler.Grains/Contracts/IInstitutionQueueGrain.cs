using NodaTime;
using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// One institution's booking queue; the key is the institution's id. The grain receives the commands of the institution's people, checks the rules of the
/// institution, asks the slots of a booking, and commits. The caller has already checked that the principal is signed in and may act for this institution. A
/// cancelled token stops the command until the commit takes the change; after that the token has no effect.
/// </summary>
[Alias("scheduler.institution-queue")]
public interface IInstitutionQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// The first answer to a call with this idempotency key; <c>KeyReused</c> when that call had other content; null when the key is not known (R13).
    /// </summary>
    [Alias("recall")]
    Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation = default);

    /// <summary>Books a block.</summary>
    [Alias("book")]
    Task<CommandResult<BookingSnapshot>> Book(BookCommand command, CancellationToken cancellation = default);

    /// <summary>Holds a block for a few minutes (R10).</summary>
    [Alias("hold")]
    Task<CommandResult<HoldSnapshot>> Hold(BookCommand command, CancellationToken cancellation = default);

    /// <summary>Turns a hold into a booking.</summary>
    [Alias("confirm")]
    Task<CommandResult<BookingSnapshot>> Confirm(HoldCommand command, CancellationToken cancellation = default);

    /// <summary>Replaces a live hold by one for other candidates of the same block, in one change. The new hold ends when the old one would have.</summary>
    [Alias("replace-hold")]
    Task<CommandResult<HoldSnapshot>> Replace(ReplaceHoldCommand command, CancellationToken cancellation = default);

    /// <summary>Releases a hold. A hold that was released or has lapsed stays as it is; a confirmed hold is refused.</summary>
    [Alias("release")]
    Task<CommandResult<HoldSnapshot>> Release(HoldCommand command, CancellationToken cancellation = default);

    /// <summary>Cancels a booking (R9); a cancelled booking stays as it is.</summary>
    [Alias("cancel")]
    Task<CommandResult<BookingSnapshot>> Cancel(CancelCommand command, CancellationToken cancellation = default);

    /// <summary>Moves a booking (R4).</summary>
    [Alias("reschedule")]
    Task<CommandResult<BookingSnapshot>> Reschedule(RescheduleCommand command, CancellationToken cancellation = default);

    /// <summary>Resizes a booking (R4).</summary>
    [Alias("resize")]
    Task<CommandResult<BookingSnapshot>> Resize(ResizeCommand command, CancellationToken cancellation = default);

    /// <summary>Records how many candidates sat (R18).</summary>
    [Alias("attend")]
    Task<CommandResult<BookingSnapshot>> Attend(AttendCommand command, CancellationToken cancellation = default);

    /// <summary>Queues a flexible request, or joins the waitlist (R9).</summary>
    [Alias("join")]
    Task<CommandResult<RequestSnapshot>> Join(JoinCommand command, CancellationToken cancellation = default);

    /// <summary>Withdraws a request. A request that was withdrawn or has expired stays as it is; a placed request is refused.</summary>
    [Alias("withdraw")]
    Task<CommandResult<RequestSnapshot>> Withdraw(WithdrawCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// Changes a request that waits. The request keeps its age, but a waitlist entry that gets another block gets the age of a new one.
    /// </summary>
    [Alias("change-request")]
    Task<CommandResult<RequestSnapshot>> Change(ChangeRequestCommand command, CancellationToken cancellation = default);

    /// <summary>How requests stand now, after the committed changes. A request that does not wait has no standing.</summary>
    [Alias("standings")]
    Task<StandingsAnswer> Standings(Guid[] requests, CancellationToken cancellation = default);

    /// <summary>Called by the season clock: ends a request that can never be served any more. Any other request stays as it is.</summary>
    [Alias("expire")]
    Task Expire(Guid request);

    /// <summary>Records a pack (R7).</summary>
    [Alias("add-pack")]
    Task<CommandResult<PackSnapshot>> AddPack(PackCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// The vouchers that the institution has left after the committed changes. The vouchers of lapsed holds are left (R10).
    /// </summary>
    /// <param name="today">The institution's local date. Packs that ended before are not counted.</param>
    /// <param name="cancellation">Ends the wait for a reading of the ledger.</param>
    [Alias("vouchers")]
    Task<VouchersAnswer> Vouchers(LocalDate today, CancellationToken cancellation = default);

    /// <summary>
    /// Checks at which starts a booking would be made now, after the committed changes; null when the institution does not exist. A picture, a moment old at
    /// most: only the commit decides.
    /// </summary>
    [Alias("fits")]
    Task<FitsAnswer?> Fits(FitsQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Checks a block without changing anything: whether a booking would be made now, and the figures of each rule. Null when the institution does not exist. A
    /// picture, a moment old at most: only the commit decides.
    /// </summary>
    [Alias("check")]
    Task<BlockCheckAnswer?> Check(BlockCheckQuery query, CancellationToken cancellation = default);

    /// <summary>Corrects a pack, or takes it back (R7). Refuses while bookings or holds would no longer be covered.</summary>
    [Alias("correct-pack")]
    Task<CommandResult<PackSnapshot>> CorrectPack(CorrectPackCommand command, CancellationToken cancellation = default);

    /// <summary>Called by the clockwork: tells the institution that a pack ends soon. The key of the call makes the notice once.</summary>
    [Alias("tell-pack-ending")]
    Task<CommandResult<PackSnapshot>> TellPackEnding(PackEndingCommand command, CancellationToken cancellation = default);

    /// <summary>Called by the waitlist: books this entry if the entry fits now. Ends the entry when its block can no longer be booked.</summary>
    [Alias("offer")]
    Task<OfferResult> Offer(Guid request);

    /// <summary>Called by the waitlist: records why an entry was passed over.</summary>
    /// <param name="request">The entry.</param>
    /// <param name="outcome">Why the offer was refused, with its figures.</param>
    /// <param name="takenSeats">Seats that entries behind this one got in the same hours.</param>
    /// <param name="isNews">Whether seats became free. If so, the same reason is recorded again, once a minute at most.</param>
    [Alias("pass-over")]
    Task PassOver(Guid request, OfferResult outcome, int takenSeats, bool isNews);

    /// <summary>
    /// Called by the catalogue after a change of the institution's settings (proctors, lab seats, readiness): the institution's waitlist entries get an offer
    /// again.
    /// </summary>
    [Alias("settings-changed")]
    Task SettingsChanged();
}
