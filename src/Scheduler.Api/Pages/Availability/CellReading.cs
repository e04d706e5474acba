using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads the cells of a grid in ascending order of their starts.</summary>
internal sealed class CellReading
{
    private const string SlotFull = "slot_full";
    private const string Closed = "closed";

    private readonly GridQuestion _question;
    private readonly HashSet<Instant> _awaited;
    private DayReasons _reasons;
    private NeedColumns _need;

    public CellReading(GridQuestion question)
    {
        _question = question;
        _reasons = new(question.Catalogue, question.Zone, question.Now);
        _need = new(question.Fits);
        _awaited = question.Requests.Where(request => request.Pool == question.Pool.Id && request.Status == RequestStatus.Queued && !request.IsFlexible)
            .Select(request => request.PreferredStart).ToHashSet();
    }

    public List<GridCell> All() => [.. _question.Pool.Grid.Starts(_question.Begin, _question.End).Select(Read)];

    private GridCell Read(Instant start)
    {
        var minutes = SlotMinutes.Of(start);
        var slot = new SlotHour(_question.Pool.Id, minutes);
        var figures = _question.Look(minutes);
        var whyNot = _need.IsAsked ? _need.WhyNotAt(minutes) : WhyNoRoom(minutes);
        var selected = Selected(minutes);
        var cell = new GridCell
        {
            State = CellState.Free,
            Start = start,
            Capacity = figures.Capacity,
            Free = Math.Max(0, figures.Free),
            Own = _question.Bookings.Sum(booking => booking.Sitting.SeatsIn(slot)),
            Held = _question.Holds.Sum(hold => hold.Sitting.SeatsIn(slot)),
            HeldUntil = _question.Holds.Where(hold => hold.Sitting.SeatsIn(slot) > 0).Select(hold => (Instant?)hold.ExpiresAt).Min(),
            IsAwaited = _awaited.Contains(start),
            Selected = selected,
            IsSelectedStart = selected > 0 && _question.Selected == start,
            IsSelectedEnd = selected > 0 && Selected(minutes + SlotHour.LengthMinutes) == 0,
        };
        var state = figures.Capacity == 0 ? CellState.Closed : OfDay(start) ?? (_question.Profile.Slots > 0 ? OfNeed(whyNot) : OfSeats(cell));
        if (state == CellState.Collecting && _question.QueuedSeats is { } queued)
            cell = cell with { Asked = Math.Max(0, figures.Capacity - figures.Free) + queued(minutes) };
        return Shaped(cell with { State = state, Why = whyNot }, minutes);
    }

    /// <summary>Without an institution only the seats decide. Null when they suffice, or when nobody has said what is needed.</summary>
    private string? WhyNoRoom(int minutes)
    {
        string? whyNot = null;
        for (var k = 0; k < _question.Profile.Slots; k++)
        {
            var figures = _question.Look(minutes + (k * SlotHour.LengthMinutes));
            if (figures.Capacity == 0)
                return Closed;
            if (figures.Free < _question.Profile[k])
                whyNot = SlotFull;
        }

        return whyNot;
    }

    private int Selected(int minutes) => _question.Selected is { } start ? _question.Profile.SeatsAt(SlotMinutes.Of(start), minutes) : 0;

    private CellState? OfDay(Instant start) => start <= _question.Now ? CellState.Past : _reasons.At(start) switch
    {
        "horizon" => CellState.Horizon,
        "lead_time" => CellState.Notice,
        "collecting" => CellState.Collecting,
        _ => null,
    };

    private static CellState OfSeats(GridCell cell) => cell.Free == 0 ? CellState.Full : CellState.Free;

    private static CellState OfNeed(string? whyNot) => whyNot switch
    {
        null => CellState.Fits,
        SlotFull => CellState.Full,
        Closed => CellState.LaterClosed,
        _ => CellState.Rule,
    };

    /// <summary>Says which hour of the block is in the way. A rule comes before the seats, but a full hour is full, whatever the rule.</summary>
    private GridCell Shaped(GridCell cell, int minutes)
    {
        if (cell.State is not (CellState.Full or CellState.LaterClosed or CellState.Rule) || _question.Profile.Slots == 0)
            return cell;
        if (cell.Free == 0)
            return cell with { State = CellState.Full };
        if (cell.State != CellState.Rule && cell.Free < _question.Profile[0])
            return cell with { State = CellState.TooFew };
        if (cell.State == CellState.Rule)
            return cell;
        for (var k = 1; k < _question.Profile.Slots; k++)
        {
            var later = _question.Look(minutes + (k * SlotHour.LengthMinutes));
            if (later.Capacity == 0)
                return cell with { State = CellState.LaterClosed, HoursOpen = k };
            if (cell.State == CellState.Full && later.Free < _question.Profile[k])
                return cell with { State = CellState.LaterFull, LaterFree = Math.Max(0, later.Free) };
        }

        // The picture has changed between the grain's answer and this look.
        return cell with { State = CellState.TooFew };
    }
}
