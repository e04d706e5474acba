using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// One institution's booking queue; the key is the institution's id. It takes its people's commands, checks what belongs to the institution and steers a block through
/// its slots. The caller has been signed in and has this institution in reach.
/// </summary>
[Alias("scheduler.institution-queue")]
public interface IInstitutionQueueGrain : IGrainWithStringKey
{
    /// <summary>The first answer to a call with this key; a refusal when the key came with other content; null when the key is not known (R13).</summary>
    [Alias("recall")]
    Task<Answer?> Recall(IdempotencyStamp stamp);

    /// <summary>Books a block: 201, or why not and what else is free.</summary>
    [Alias("book")]
    Task<Answer> Book(BookCommand command);

    /// <summary>Holds a block for a few minutes (R10): 201.</summary>
    [Alias("hold")]
    Task<Answer> Hold(BookCommand command);

    /// <summary>Turns a hold into a booking: 201 the booking.</summary>
    [Alias("confirm")]
    Task<Answer> Confirm(HoldCommand command);

    /// <summary>Gives a hold back: 204; again: 204.</summary>
    [Alias("release")]
    Task<Answer> Release(HoldCommand command);

    /// <summary>Cancels a booking (R9): 200; again: 200, and nothing more is freed.</summary>
    [Alias("cancel")]
    Task<Answer> Cancel(CancelCommand command);

    /// <summary>Moves a booking (R4): 200.</summary>
    [Alias("reschedule")]
    Task<Answer> Reschedule(RescheduleCommand command);

    /// <summary>Resizes a booking (R4): 200.</summary>
    [Alias("resize")]
    Task<Answer> Resize(ResizeCommand command);

    /// <summary>Tells how many sat (R18): 200.</summary>
    [Alias("attend")]
    Task<Answer> Attend(AttendCommand command);

    /// <summary>Joins the waitlist (R9): 201.</summary>
    [Alias("join")]
    Task<Answer> Join(JoinCommand command);

    /// <summary>Takes a request back: 204; again: 204.</summary>
    [Alias("withdraw")]
    Task<Answer> Withdraw(WithdrawCommand command);

    /// <summary>Records a pack (R7): 201.</summary>
    [Alias("add-pack")]
    Task<Answer> AddPack(PackCommand command);

    /// <summary>
    /// From the waitlist: book this entry if it fits now. Null when it was served or no longer waits; otherwise the code of what stood in its way, a refusal's, or
    /// <c>busy</c> or <c>unavailable</c> when it could not be tried.
    /// </summary>
    /// <param name="request">The entry.</param>
    /// <param name="isNews">Whether something came free; then being passed over is recorded even for a reason that stands there already.</param>
    [Alias("offer")]
    Task<string?> Offer(Guid request, bool isNews);

    /// <summary>From the catalogue: proctors, lab seats or readiness changed, so what waits here is looked at again.</summary>
    [Alias("look-again")]
    Task LookAgain();
}
