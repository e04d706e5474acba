using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The bad fields of one call, each with its remedy; all of them are told at once.</summary>
internal sealed class Faults
{
    /// <summary>A hostile body could have thousands: more than these help nobody.</summary>
    public const int Told = 50;

    private readonly List<FieldFault> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(string field, string remedy)
    {
        if (_faults.Count < Told)
            _faults.Add(new(field.Length > 200 ? field[..200] : field, remedy));
    }

    public Answer Answer() => Problems.Invalid(_faults);
}
