using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Book or hold a block.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.book")]
public sealed record BookCommand([property: Id(0)] Caller Caller, [property: Id(1)] BookingWish Wish);

/// <summary>Cancel a booking. The reason may be null.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.cancel")]
public sealed record CancelCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Booking, [property: Id(2)] string? Reason);

/// <summary>
/// Move a booking to another start. <c>IsSkippedHour</c> has the meaning of <see cref="BookingWish.IsSkippedHour"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.reschedule")]
public sealed record RescheduleCommand(
    [property: Id(0)] Caller Caller, [property: Id(1)] Guid Booking, [property: Id(2)] NodaTime.Instant Start, [property: Id(3)] string? OverrideReason,
    [property: Id(4)] bool IsSkippedHour = false,
    [property: Id(5)] string? Reason = null);

/// <summary>
/// Change the candidates and accommodations of a booking in place. When the command's accommodations are null, the booking keeps its accommodations.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.resize")]
public sealed record ResizeCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] Guid Booking,
    [property: Id(2)] int Seats,
    [property: Id(3)] Accommodation[]? Accommodations,
    [property: Id(4)] string? OverrideReason,
    [property: Id(5)] string? Reason = null);

/// <summary>Record how many candidates sat (R18).</summary>
[GenerateSerializer, Immutable, Alias("scheduler.attend")]
public sealed record AttendCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Booking, [property: Id(2)] int Attended);

/// <summary>
/// Confirm or release a hold. A confirmed hold takes the reference of the command, where the command has one, because people write the reference while the hold
/// keeps their seats.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.hold")]
public sealed record HoldCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Hold, [property: Id(2)] string? Reference = null);

/// <summary>
/// Replace a live hold by one for other candidates of the same block. Null accommodations, or a null mode, stay as they were.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.replace-hold")]
public sealed record ReplaceHoldCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] Guid Hold,
    [property: Id(2)] int Seats,
    [property: Id(3)] Accommodation[]? Accommodations,
    [property: Id(4)] DeliveryMode? Mode);

/// <summary>
/// Queue a request: with windows a flexible request, whose preferred start is the wish's start; without windows a waitlist entry for exactly one block.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.join")]
public sealed record JoinCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] BookingWish Wish,
    [property: Id(2)] int Weight,
    [property: Id(3)] RequestWindow[]? Windows = null,
    [property: Id(4)] int? MinGroup = null);

/// <summary>
/// Change a request that waits. What is null stays. The windows and the smallest group are those of a flexible request. <c>IsSkippedHour</c> has the meaning of
/// <see cref="BookingWish.IsSkippedHour"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.change-request")]
public sealed record ChangeRequestCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] Guid Request,
    [property: Id(2)] int? Seats,
    [property: Id(3)] Accommodation[]? Accommodations,
    [property: Id(4)] NodaTime.Instant? PreferredStart,
    [property: Id(5)] bool IsSkippedHour,
    [property: Id(6)] int? Weight,
    [property: Id(7)] RequestWindow[]? Windows,
    [property: Id(8)] int? MinGroup);

/// <summary>Withdraw a request.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.withdraw")]
public sealed record WithdrawCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Request);

/// <summary>Record a pack that the institution bought.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.pack")]
public sealed record PackCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] string Programme,
    [property: Id(2)] int Quantity,
    [property: Id(3)] NodaTime.LocalDate PurchasedOn,
    [property: Id(4)] string? Reason = null);

/// <summary>Correct a pack's quantity or purchase date (null: stays), or take the pack back, with a written reason.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.correct-pack")]
public sealed record CorrectPackCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] Guid Pack,
    [property: Id(2)] int? Quantity,
    [property: Id(3)] NodaTime.LocalDate? PurchasedOn,
    [property: Id(4)] bool Void,
    [property: Id(5)] string Reason);

/// <summary>Tell the institution that a pack ends soon.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.pack-ending")]
public sealed record PackEndingCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Pack);

/// <summary>Make or replace a catalogue entry (pool, exam, season, policy, institution).</summary>
[GenerateSerializer, Immutable, Alias("scheduler.put")]
public sealed record PutCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] CatalogueEntry Entry,
    [property: Id(2)] string? Reason = null,
    [property: Id(3)] bool KeepsSame = false);

/// <summary>Retire a catalogue entry (pool, exam, season, institution). The command contains the entry as the caller knows it; its kind and id count.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.retire")]
public sealed record RetireCommand(
    [property: Id(0)] Caller Caller, [property: Id(1)] CatalogueEntry Entry, [property: Id(2)] string? Reason = null);

/// <summary>Make an API key. The caller has generated the secret; the command contains only the hash.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.make-key")]
public sealed record MakeKeyCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] string Hash,
    [property: Id(2)] Role Role,
    [property: Id(3)] string? Institution,
    [property: Id(4)] string Name,
    [property: Id(5)] Guid? Owner = null);

/// <summary>Revoke an API key.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.revoke-key")]
public sealed record RevokeKeyCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Key);

/// <summary>Replace a pool's weekly template for the dates of the template.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.template")]
public sealed record TemplateCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] string Pool,
    [property: Id(2)] WeeklyTemplate Template,
    [property: Id(3)] bool Force,
    [property: Id(4)] string? Reason);

/// <summary>Set a capacity exception; without seats, remove the exceptions of the range.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.exception")]
public sealed record ExceptionCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] string Pool,
    [property: Id(2)] NodaTime.Instant From,
    [property: Id(3)] NodaTime.Instant To,
    [property: Id(4)] int? Seats,
    [property: Id(5)] bool Force,
    [property: Id(6)] string? Reason);

/// <summary>Set capacity exceptions in several ranges, or remove them: all of it, or nothing.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.exceptions")]
public sealed record ExceptionsCommand(
    [property: Id(0)] Caller Caller,
    [property: Id(1)] string Pool,
    [property: Id(2)] HourSeats[] Hours,
    [property: Id(3)] bool Force,
    [property: Id(4)] string? Reason);

/// <summary>Add seats to slots, each on top of what it offers now, as advised. The caller has seen the version of the capacity.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.raise")]
public sealed record RaiseCommand(
    [property: Id(0)] Caller Caller, [property: Id(1)] string Pool, [property: Id(2)] AddedHours[] Added, [property: Id(3)] string Reason);

/// <summary>Bring back the exceptions from before the change that raised a pool's capacity to the version that the caller has seen.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.undo-raise")]
public sealed record UndoRaiseCommand([property: Id(0)] Caller Caller, [property: Id(1)] string Pool, [property: Id(2)] string Reason);
