using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// One institution's commands, each decided by a pure step and carried out by <see cref="CommandRun"/>. Reentrant, so that several bookings can be pending at
/// the same time. The code between two awaits is one turn, and the version gives the order of the changes.
/// </summary>
[GrainType(TypeName)]
[Reentrant]
internal sealed class InstitutionQueueGrain(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, StaleInstitutions stale, WaitlistRounds rounds, RefusedDemand demand,
    [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<InstitutionQueueGrain> log) : Grain, IInstitutionQueueGrain
{
    internal const string TypeName = "institution-queue";

    // Repeated refusals of an entry for one reason are recorded at most once a minute.
    private static readonly Duration _recordAgain = Duration.FromMinutes(1);

    private FreedSeats _freed = null!;
    private IdempotencyKeys _keys = null!;
    private InstitutionMemory _memory = null!;
    private CommandRun _run = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = InstitutionId.Of(this.GetPrimaryKeyString());
        _freed = new(GrainFactory, rounds, time, log);
        _keys = new(ledger, id, clock);
        _memory = new(id, ledger, clock, stale, _keys);
        _run = new(_memory, _keys, ledger, catalogue, clock, new(GrainFactory), _freed, new(_memory, _keys, ledger, _freed, log), log);
        return _memory.Load();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _memory.Close();
        return Task.CompletedTask;
    }

    public async Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation)
    {
        await _memory.Ready(cancellation);
        return await _keys.Recall(stamp, cancellation);
    }

    public Task<CommandResult<BookingSnapshot>> Book(BookCommand command, CancellationToken cancellation) =>
        Noted(Run<BookingSnapshot>(new(command.Caller, basis => BookSteps.Book(basis, command)), cancellation), command.Wish);

    public Task<CommandResult<HoldSnapshot>> Hold(BookCommand command, CancellationToken cancellation) =>
        Noted(Run<HoldSnapshot>(new(command.Caller, basis => BookSteps.Hold(basis, command)), cancellation), command.Wish);

    public Task<CommandResult<BookingSnapshot>> Confirm(HoldCommand command, CancellationToken cancellation) =>
        Run<BookingSnapshot>(OfHold(command.Caller, command.Hold, (basis, hold) => HoldSteps.Confirm(basis, command, hold)), cancellation);

    public Task<CommandResult<HoldSnapshot>> Replace(ReplaceHoldCommand command, CancellationToken cancellation) =>
        Run<HoldSnapshot>(OfHold(command.Caller, command.Hold, (basis, hold) => HoldSteps.Replace(basis, command, hold)), cancellation);

    public Task<CommandResult<HoldSnapshot>> Release(HoldCommand command, CancellationToken cancellation) =>
        Run<HoldSnapshot>(OfHold(command.Caller, command.Hold, (basis, hold) => HoldSteps.Release(basis, command, hold)), cancellation);

    public Task<CommandResult<BookingSnapshot>> Cancel(CancelCommand command, CancellationToken cancellation) =>
        Run<BookingSnapshot>(OfBooking(command.Caller, command.Booking, (basis, booking) => ChangeSteps.Cancel(basis, command, booking)), cancellation);

    public Task<CommandResult<BookingSnapshot>> Reschedule(RescheduleCommand command, CancellationToken cancellation) =>
        Run<BookingSnapshot>(OfBooking(command.Caller, command.Booking, (basis, booking) => ChangeSteps.Reschedule(basis, command, booking)), cancellation);

    public Task<CommandResult<BookingSnapshot>> Resize(ResizeCommand command, CancellationToken cancellation) =>
        Run<BookingSnapshot>(OfBooking(command.Caller, command.Booking, (basis, booking) => ChangeSteps.Resize(basis, command, booking)), cancellation);

    public Task<CommandResult<BookingSnapshot>> Attend(AttendCommand command, CancellationToken cancellation) =>
        Run<BookingSnapshot>(OfBooking(command.Caller, command.Booking, (basis, booking) => ChangeSteps.Attend(basis, command, booking)), cancellation);

    public async Task<CommandResult<RequestSnapshot>> Join(JoinCommand command, CancellationToken cancellation)
    {
        var result = await Run<RequestSnapshot>(new(command.Caller, basis => RequestSteps.Join(basis, command)), cancellation);
        // An entry that already fits is booked at once.
        await OfferBlock(result);
        return result;
    }

    public Task<CommandResult<RequestSnapshot>> Withdraw(WithdrawCommand command, CancellationToken cancellation) => Run<RequestSnapshot>(
        OfRequest(command.Caller, command.Request, (basis, request) => RequestSteps.Withdraw(basis, command, request)), cancellation);

    public async Task<CommandResult<RequestSnapshot>> Change(ChangeRequestCommand command, CancellationToken cancellation)
    {
        var result = await Run<RequestSnapshot>(
            OfRequest(command.Caller, command.Request, (basis, request) => RequestChangeSteps.Change(basis, command, request)), cancellation);
        await OfferBlock(result);
        return result;
    }

    public async Task<StandingsAnswer> Standings(Guid[] requests, CancellationToken cancellation)
    {
        await _memory.Ready(cancellation);
        var (now, current) = (clock.GetCurrentInstant(), catalogue.Current);
        if (!current.Institutions.TryGetValue(_memory.Id, out var institution))
            return new([]);
        var basis = new DecisionBasis(institution.Value, _memory.CommittedAt(now), current, now);
        // A long list tries many thousand starts. The basis never changes, and every thread may look at the picture.
        return await BesideGrains.Run(() => RequestStandings.All(ledger.Picture, basis, requests, cancellation), cancellation);
    }

    public Task Expire(Guid request) => _run.Run(OfRequest(new(Records.System), request, RequestSteps.Expire), CancellationToken.None);

    public async Task<CommandResult<PackSnapshot>> AddPack(PackCommand command, CancellationToken cancellation)
    {
        var result = await Run<PackSnapshot>(new(command.Caller, basis => PackSteps.Add(basis, command)), cancellation);
        if (result is CommandResult<PackSnapshot>.Done { IsReplay: false })
            await _freed.AtMostASecond(rounds.Retry(_memory.Id, []));
        return result;
    }

    public async Task<CommandResult<PackSnapshot>> CorrectPack(CorrectPackCommand command, CancellationToken cancellation)
    {
        var result = await Run<PackSnapshot>(new PackCorrection(command, ledger.Read), cancellation);
        if (result is CommandResult<PackSnapshot>.Done { IsReplay: false })
            await _freed.AtMostASecond(rounds.Retry(_memory.Id, []));
        return result;
    }

    public Task<CommandResult<PackSnapshot>> TellPackEnding(PackEndingCommand command, CancellationToken cancellation) =>
        Run<PackSnapshot>(new(command.Caller, basis => PackSteps.TellEnding(basis, command)), cancellation);

    public async Task<VouchersAnswer> Vouchers(LocalDate today, CancellationToken cancellation)
    {
        await _memory.Ready(cancellation);
        return new(VoucherBalance.Of(_memory.CommittedAt(clock.GetCurrentInstant()), today));
    }

    public async Task<FitsAnswer?> Fits(FitsQuery query, CancellationToken cancellation) =>
        await PresentBasis(cancellation) is { } basis ? new(NeedCheck.Starts(ledger.Picture, basis, query)) : null;

    public async Task<BlockCheckAnswer?> Check(BlockCheckQuery query, CancellationToken cancellation) =>
        await PresentBasis(cancellation) is { } basis ? BlockCheck.Of(ledger.Picture, basis, query) : null;

    public async Task<OfferResult> Offer(Guid request)
    {
        var id = new RequestId(request);
        await _memory.Ready(CancellationToken.None);
        // An entry that joined at another silo may not be known here yet.
        if (!_memory.State.Requests.ContainsKey(id) && !await _memory.IsBehind(CancellationToken.None))
            return new(OfferStatus.Closed);
        var offer = new Command(new(Records.System), basis => OfEntry(basis, id, entry => BookSteps.Offer(basis, entry))) { WantsAlternatives = false };
        return await _run.Run(offer, CancellationToken.None) switch
        {
            CommandResult<Snapshot>.Done(BookingSnapshot, _) => new(OfferStatus.Booked),
            CommandResult<Snapshot>.Done or CommandResult<Snapshot>.NotFound => new(OfferStatus.Closed),
            CommandResult<Snapshot>.Refused(var why) => new(OfferStatus.PassedOver, why.Code, (why as Refusal.SlotFull)?.FewestFree),
            _ => new(OfferStatus.NotTried),
        };
    }

    public async Task PassOver(Guid request, OfferResult outcome, int takenSeats, bool isNews)
    {
        var id = new RequestId(request);
        var now = clock.GetCurrentInstant();
        if (!_memory.State.Requests.TryGetValue(id, out var known))
            return;
        var why = outcome.Why!;
        if (known.PassedOver is { } last && last.Why == why && !(isNews && now - last.At >= _recordAgain))
            return;
        var passed = new PassedOver(now, why) { FreeSeats = outcome.FreeSeats, TakenSeats = outcome.FreeSeats is null ? null : takenSeats };
        var record = new Command(new(Records.System), basis => OfEntry(basis, id, entry => new Step.Proposed(RequestSteps.PassOver(basis, entry, passed))));
        await _run.Run(record, CancellationToken.None);
    }

    public async Task SettingsChanged()
    {
        // Another silo may have committed the change, and this silo must know the change before it decides.
        await ledger.Feed.Refresh(CancellationToken.None);
        await catalogue.CatchUp(CancellationToken.None);
        await rounds.Retry(_memory.Id, []);
    }

    /// <summary>Offers its block to a waitlist entry that was made or changed. A plan serves a flexible request.</summary>
    private async Task OfferBlock(CommandResult<RequestSnapshot> result)
    {
        if (result is CommandResult<RequestSnapshot>.Done({ Request: { IsFlexible: false, Status: RequestStatus.Queued } request }, IsReplay: false))
            await _freed.AtMostASecond(rounds.Run(Enumerable.Range(0, request.Profile.Slots).Select(request.Slot)));
    }

    /// <summary>What a check is decided on: the committed changes of this moment. Null when the institution does not exist.</summary>
    private async Task<DecisionBasis?> PresentBasis(CancellationToken cancellation)
    {
        await _memory.Ready(cancellation);
        // The caller has seen the institution, so a copy of the catalogue that lacks the institution is old.
        if (!catalogue.Current.Institutions.ContainsKey(_memory.Id))
            await catalogue.IsBehind(catalogue.Current, cancellation);
        var (now, current) = (clock.GetCurrentInstant(), catalogue.Current);
        return current.Institutions.TryGetValue(_memory.Id, out var institution)
            ? new(institution.Value, _memory.CommittedAt(now), current, now)
            : null;
    }

    /// <summary>A flexible request is no waitlist entry, so the waitlist finds none.</summary>
    private static Step OfEntry(DecisionBasis basis, RequestId id, Func<Request, Step> decide) =>
        basis.State.Requests.TryGetValue(id, out var entry) && !entry.IsFlexible ? decide(entry) : Step.Answered.NotFound;

    private SubjectCommand<Request> OfRequest(Caller caller, Guid request, Func<DecisionBasis, Request, Step> decide)
    {
        var id = new RequestId(request);
        return new(
            caller, state => state.Requests.GetValueOrDefault(id), token => ledger.Read.Request(id, token), found => found.Institution, _memory, decide);
    }

    private SubjectCommand<Hold> OfHold(Caller caller, Guid hold, Func<DecisionBasis, Hold, Step> decide)
    {
        var id = new HoldId(hold);
        return new(
            caller, state => state.Holds.GetValueOrDefault(id), token => ledger.Read.Hold(id, token), found => found.Sitting.Institution, _memory,
            decide);
    }

    private SubjectCommand<Booking> OfBooking(Caller caller, Guid booking, Func<DecisionBasis, Booking, Step> decide)
    {
        var id = new BookingId(booking);
        return new(
            caller, state => state.Bookings.GetValueOrDefault(id), token => ledger.Read.Booking(id, token), found => found.Sitting.Institution, _memory,
            decide);
    }

    /// <summary>Notes the wish when it was refused for seats: demand that was not met.</summary>
    private async Task<CommandResult<T>> Noted<T>(Task<CommandResult<T>> run, BookingWish wish)
        where T : Snapshot
    {
        var result = await run;
        if (result is CommandResult<T>.Refused(var why) && RefusedSitting.Counts(why)
            && catalogue.Current.Institutions.TryGetValue(_memory.Id, out var institution))
            demand.Note(new(institution.Value, wish, clock.GetCurrentInstant()));
        return result;
    }

    private async Task<CommandResult<T>> Run<T>(Command command, CancellationToken cancellation)
        where T : Snapshot => (await _run.Run(command, cancellation)).As<T>();
}
