using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// One institution's commands, each decided by a pure step and carried out by <see cref="CommandRun"/>. Reentrant, so that several of its bookings can be on their way
/// to disk at once: everything between two awaits is one turn, and the version decides their order.
/// </summary>
[GrainType(TypeName)]
[Reentrant]
internal sealed class InstitutionQueueGrain(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, StaleMarks marks, WaitlistRounds waitlist, LapsedHolds lapsed,
    [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<InstitutionQueueGrain> log)
    : Grain, IInstitutionQueueGrain
{
    internal const string TypeName = "institution-queue";

    // An entry that rounds pass over for one reason again and again is not written with each of them; when it was is told to the minute.
    private static readonly Duration _toldAgain = Duration.FromMinutes(1);

    private readonly FreedSeats _freed = new(waitlist, time, log);
    private InstitutionMemory _memory = null!;
    private CommandRun _run = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _memory = new(InstitutionId.Of(this.GetPrimaryKeyString()), ledger, clock, marks);
        _run = new(_memory, ledger, catalogue, clock, GrainFactory, _freed, lapsed, log);
        return _memory.Load();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _memory.Leave();
        return Task.CompletedTask;
    }

    public Task<Answer?> Recall(IdempotencyStamp stamp) => _memory.Recall(stamp);

    public Task<Answer> Book(BookCommand command) => _run.Run(command.Caller, basis => BookSteps.Book(basis, command));

    public Task<Answer> Hold(BookCommand command) => _run.Run(command.Caller, basis => BookSteps.Hold(basis, command));

    public Task<Answer> Confirm(HoldCommand command) =>
        WithHold(command.Caller, new(command.Hold), (basis, hold) => HoldSteps.Confirm(basis, command, hold));

    public Task<Answer> Release(HoldCommand command) =>
        WithHold(command.Caller, new(command.Hold), (basis, hold) => HoldSteps.Release(basis, command.Caller, hold));

    public Task<Answer> Cancel(CancelCommand command) =>
        WithBooking(command.Caller, new(command.Booking), (basis, booking) => ChangeSteps.Cancel(basis, command, booking));

    public Task<Answer> Reschedule(RescheduleCommand command) =>
        WithBooking(command.Caller, new(command.Booking), (basis, booking) => ChangeSteps.Reschedule(basis, command, booking));

    public Task<Answer> Resize(ResizeCommand command) =>
        WithBooking(command.Caller, new(command.Booking), (basis, booking) => ChangeSteps.Resize(basis, command, booking));

    public Task<Answer> Attend(AttendCommand command) =>
        WithBooking(command.Caller, new(command.Booking), (basis, booking) => ChangeSteps.Attend(basis, command, booking));

    public async Task<Answer> Join(JoinCommand command)
    {
        var answer = await _run.Run(command.Caller, basis => RequestSteps.Join(basis, command));
        // What fits already need not wait for somebody to free it.
        if (!answer.IsProblem && !answer.IsReplayed)
            await _freed.Patiently(waitlist.Run([SlotKey.Day(new(command.Wish.Pool, SlotMinutes.Of(command.Wish.Start)))]));
        return answer;
    }

    public Task<Answer> Withdraw(WithdrawCommand command)
    {
        var id = new RequestId(command.Request);
        return _run.Run(
            command.Caller, state => state.Requests.GetValueOrDefault(id), () => ledger.Read.Request(id),
            (basis, request) => request.Institution == basis.Institution.Id
                ? RequestSteps.Withdraw(basis, command.Caller, request)
                : new Step.Answered(Problems.NotFound()));
    }

    public async Task<Answer> AddPack(PackCommand command)
    {
        var answer = await _run.Run(command.Caller, basis => RequestSteps.Pack(basis, command));
        if (!answer.IsProblem && !answer.IsReplayed)
            await _freed.Patiently(waitlist.Look(_memory.Id, []));
        return answer;
    }

    public async Task<string?> Offer(Guid request, bool isNews)
    {
        var id = new RequestId(request);
        await _memory.Ready();
        if (!_memory.State.Requests.TryGetValue(id, out var entry))
        {
            if (!await _memory.MayBeOld())
                return null;
            await _memory.Ready();
            if (!_memory.State.Requests.TryGetValue(id, out entry))
                return null;
        }

        var caller = new Caller(Records.System);
        string? why = null;
        var answer = await _run.Run(
            caller,
            basis => basis.State.Requests.TryGetValue(id, out entry) ? BookSteps.Offer(basis, entry) : new Step.Answered(Records.Done()),
            refusal => why = refusal.Code);
        if (why is null)
            return !answer.IsProblem ? null : answer.Status == 429 ? "busy" : "unavailable";
        var now = clock.GetCurrentInstant();
        if (_memory.State.Requests.TryGetValue(id, out entry) && (entry.PassedOver is not { } last || last.Why != why || (isNews && now - last.At >= _toldAgain)))
        {
            await _run.Run(
                caller,
                basis => basis.State.Requests.TryGetValue(id, out entry) ? new Step.Proposed(RequestSteps.PassedOver(basis, entry, why)) : new Step.Answered(Records.Done()));
        }

        return why;
    }

    public async Task LookAgain()
    {
        // What changed was committed on another silo, perhaps, and must be known here before anybody is judged by it.
        await ledger.Feed.Refresh();
        await catalogue.CatchUp();
        await waitlist.Look(_memory.Id, []);
    }

    private Task<Answer> WithHold(Caller caller, HoldId id, Func<DecisionBasis, Hold, Step> decide) => _run.Run(
        caller, state => state.Holds.GetValueOrDefault(id), () => ledger.Read.Hold(id),
        (basis, hold) => hold.Sitting.Institution == basis.Institution.Id ? decide(basis, hold) : new Step.Answered(Problems.NotFound()));

    private Task<Answer> WithBooking(Caller caller, BookingId id, Func<DecisionBasis, Booking, Step> decide) => _run.Run(
        caller, state => state.Bookings.GetValueOrDefault(id), () => ledger.Read.Booking(id),
        (basis, booking) => booking.Sitting.Institution == basis.Institution.Id ? decide(basis, booking) : new Step.Answered(Problems.NotFound()));
}
