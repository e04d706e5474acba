namespace Scheduler.Solver;

/// <summary>The price steps: deflected subgradient (Camerini, Fratta, Maffioli 1975) with Polyak's step towards a target value. Each component has a step
/// length of its own.</summary>
internal sealed class Subgradient
{
    private const double Deflection = 1.5;

    // The deflected direction must keep this share of the descent, else the plain one is taken: with few rows deflection could reverse a step.
    private const double LeastDescent = 0.05;

    // A component ends at a step length below this, or within this share of its target.
    private const double LeastStepLength = 1e-3;
    private const double LeastDistance = 1e-9;
    private readonly long[] _capacity;
    private readonly Prices _prices;
    private readonly long[] _seats;
    private readonly int[] _rowComponent;
    private readonly double[] _direction;

    /// <param name="capacity">Row capacities.</param>
    /// <param name="prices">The prices to change.</param>
    /// <param name="seats">Seats that the last pass took in each row.</param>
    /// <param name="rowComponent">The component of each row.</param>
    /// <param name="components">The number of components.</param>
    public Subgradient(long[] capacity, Prices prices, long[] seats, int[] rowComponent, int components)
    {
        (_capacity, _prices, _seats, _rowComponent) = (capacity, prices, seats, rowComponent);
        (_direction, StepLength) = (new double[capacity.Length], new double[components]);
        Array.Fill(StepLength, 1.0);
    }

    /// <summary>The step length of each component, as a share of Polyak's step.</summary>
    public double[] StepLength { get; }

    /// <summary>The highest price of each row; null for no limit.</summary>
    public double[]? HighestPrice { get; init; }

    /// <summary>Shortens the steps of a warm start: its prices are near the best ones, and small steps stay near.</summary>
    public void StartNearOptimum() => Array.Fill(StepLength, 0.1);

    /// <summary>Moves the prices one step. Returns false when no component can improve.</summary>
    public bool Step(double[] values, double[] target)
    {
        var components = values.Length;
        var (dot, old, norm, own) = (new double[components], new double[components], new double[components], new double[components]);
        for (var row = 0; row < _capacity.Length; row++)
        {
            var gradient = Gradient(row);
            dot[_rowComponent[row]] += gradient * _direction[row];
            old[_rowComponent[row]] += _direction[row] * _direction[row];
            own[_rowComponent[row]] += gradient * gradient;
        }
        for (var component = 0; component < components; component++)
        {
            var deflection = old[component] > 0 && dot[component] < 0 ? -Deflection * dot[component] / old[component] : 0;
            dot[component] = own[component] + (deflection * dot[component]) > LeastDescent * own[component] ? deflection : 0;
        }
        for (var row = 0; row < _capacity.Length; row++)
        {
            var component = _rowComponent[row];
            _direction[row] = Gradient(row) + (dot[component] * _direction[row]);
            if (_prices.Price[row] <= 0 && _direction[row] > 0)
                _direction[row] = 0;
            if (HighestPrice is not null && _prices.Price[row] >= HighestPrice[row] && _direction[row] < 0)
                _direction[row] = 0;
            norm[component] += _direction[row] * _direction[row];
        }
        var moves = false;
        for (var component = 0; component < components; component++)
        {
            var distance = values[component] - target[component];
            var ends = norm[component] <= 0 || distance <= LeastDistance * Math.Abs(values[component]) || StepLength[component] < LeastStepLength;
            norm[component] = ends ? 0 : StepLength[component] * distance / norm[component];
            moves |= !ends;
        }
        for (var row = 0; row < _capacity.Length; row++)
            _prices.Price[row] = Math.Clamp(_prices.Price[row] - (norm[_rowComponent[row]] * _direction[row]), 0, HighestPrice?[row] ?? double.MaxValue);
        return moves;
    }

    private double Gradient(int row) =>
        _capacity[row] - _seats[row] is var room && room > 0 && _prices.Price[row] <= 0 ? 0 : room;
}
