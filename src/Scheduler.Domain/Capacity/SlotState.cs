using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a slot says to a wish for seats.</summary>
public enum SlotVerdict
{
    /// <summary>The seats are pending.</summary>
    Admitted,

    /// <summary>They would fit but for seats that are pending (of the waitlist: or about to be freed): what becomes of those decides.</summary>
    Waits,

    /// <summary>They would fit but for seats that are kept for those who wait: the end of their round decides.</summary>
    Kept,

    /// <summary>What is booked and held leaves no room.</summary>
    Full,
}

/// <summary>
/// R3 in one slot's memory: capacity, seats booked, live holds, and seats pending under tickets whose commit may be on its way. Pending seats count as taken, but a "no"
/// never rests on them. A settlement is added to what was loaded only when its ticket is younger than the loading; an older one may already be in what was loaded,
/// so it makes the slot doubtful instead, and a doubtful slot is loaded again before its next answer.
/// </summary>
public sealed class SlotState
{
    private readonly Dictionary<HoldId, (int Seats, Instant ExpiresAt)> _holds = [];
    private readonly Dictionary<Guid, Ticket> _tickets = [];
    private int _booked;
    private int _pending;
    private int _kept;
    private int _generation;

    /// <summary>Seats offered.</summary>
    public int Capacity { get; private set; }

    /// <summary>Whether the memory may be wrong, and has to be loaded before it answers.</summary>
    public bool IsDoubtful { get; private set; } = true;

    /// <summary>Rises with every doubt, and with every settlement that changed something: tells whether a reading that took a while may have missed one.</summary>
    public int Doubts { get; private set; }

    /// <summary>Seats of bookings and of all holds known, lapsed ones included: what the ledger's row counts.</summary>
    public int Taken => _booked + _holds.Values.Sum(hold => hold.Seats);

    /// <summary>Seats free of bookings and live holds; below 0 in a shortfall.</summary>
    public int Free(Instant now) => Capacity - _booked - Held(now);

    /// <summary>Takes what the ledger says. Tickets that are out stay pending; their settlements will make the slot doubtful.</summary>
    public void Load(int capacity, int booked, IEnumerable<(HoldId Hold, int Seats, Instant ExpiresAt)> holds)
    {
        Capacity = capacity;
        _booked = booked;
        _holds.Clear();
        foreach (var (hold, seats, expiresAt) in holds)
            _holds[hold] = (seats, expiresAt);
        _generation++;
        IsDoubtful = false;
        // A commit that frees may be in what was just loaded: its kept seats count from now on.
        foreach (var (id, ticket) in _tickets.Where(pair => pair.Value is { KeptSeats: > 0, IsKept: false }).ToList())
            Keep(id, ticket);
    }

    /// <summary>Whether a hold known here has lapsed and is not yet known to be tidied up: those who wait may not have been asked about its seats.</summary>
    public bool HasLapsed(Instant now)
    {
        foreach (var (_, expiresAt) in _holds.Values)
        {
            if (now >= expiresAt)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Asks for seats under a ticket. What is kept for the waitlist is free to it alone; it is not refused while a commit that frees seats for it is on its way, since the
    /// word that this has settled may come later than the round that it called for.
    /// </summary>
    public SlotVerdict Admit(Guid ticket, int seats, bool fromWaitlist, Instant now)
    {
        var free = Free(now);
        if (seats > 0 && seats > free)
            return fromWaitlist && FreesSoon() ? SlotVerdict.Waits : SlotVerdict.Full;
        if (seats > 0 && seats > free - _pending)
            return SlotVerdict.Waits;
        if (seats > 0 && !fromWaitlist && seats > free - _pending - _kept)
            return SlotVerdict.Kept;
        _tickets[ticket] = new(seats, 0, false, _generation, now);
        _pending += seats;
        return SlotVerdict.Admitted;
    }

    /// <summary>Announces a commit that asks for no seats here; it may free some that are to be kept.</summary>
    public void Announce(Guid ticket, int keptSeats, Instant now) => _tickets[ticket] = new(0, keptSeats, false, _generation, now);

    /// <summary>Tells what a ticket's commit did to the bookings (0 when there was none), and which hold came or went.</summary>
    public void Settle(Guid id, int booked, (HoldId Hold, int Seats, Instant ExpiresAt)? made, HoldId? ended)
    {
        var known = _tickets.Remove(id, out var ticket);
        _pending -= ticket.Seats;
        var changes = booked != 0 || made is not null || ended is not null;
        Doubts += changes ? 1 : 0;
        if (!known || ticket.Generation != _generation)
            IsDoubtful |= changes;
        else
            Apply(booked, made, ended);
        if (known && ticket.KeptSeats > 0)
        {
            if (changes && !ticket.IsKept)
                Keep(id, ticket);
            else if (changes)
                _tickets[id] = ticket;
            else if (ticket.IsKept)
                _kept -= ticket.KeptSeats;
        }
    }

    /// <summary>Lets walk-ins have what was kept under a ticket.</summary>
    public void ReleaseKept(Guid id)
    {
        if (_tickets.Remove(id, out var ticket) && ticket.IsKept)
            _kept -= ticket.KeptSeats;
    }

    /// <summary>The memory was seen to be wrong.</summary>
    public void Doubt() => (IsDoubtful, Doubts) = (true, Doubts + 1);

    /// <summary>Forgets tickets from before <paramref name="before"/>: whoever held them is gone. What they became stands in the ledger.</summary>
    public void Forget(Instant before)
    {
        foreach (var (id, ticket) in _tickets.Where(pair => pair.Value.At < before).ToList())
        {
            _tickets.Remove(id);
            _pending -= ticket.Seats;
            _kept -= ticket.IsKept ? ticket.KeptSeats : 0;
            Doubt();
        }
    }

    private bool FreesSoon()
    {
        foreach (var ticket in _tickets.Values)
        {
            if (ticket is { KeptSeats: > 0, IsKept: false })
                return true;
        }

        return false;
    }

    private void Keep(Guid id, Ticket ticket)
    {
        _tickets[id] = ticket with { Seats = 0, IsKept = true };
        _kept += ticket.KeptSeats;
    }

    private void Apply(int booked, (HoldId Hold, int Seats, Instant ExpiresAt)? made, HoldId? ended)
    {
        _booked += booked;
        if (made is { } hold)
            _holds[hold.Hold] = (hold.Seats, hold.ExpiresAt);
        if (ended is { } gone)
            _holds.Remove(gone);
    }

    private int Held(Instant now)
    {
        var held = 0;
        foreach (var (seats, expiresAt) in _holds.Values)
            held += now < expiresAt ? seats : 0;
        return held;
    }

    private readonly record struct Ticket(int Seats, int KeptSeats, bool IsKept, int Generation, Instant At);
}
