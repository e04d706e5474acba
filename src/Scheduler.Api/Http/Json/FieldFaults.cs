using NodaTime;

namespace Scheduler.Api;

/// <summary>The bad fields of one call, each with the values that the field may have. One answer lists all of them.</summary>
internal sealed class FieldFaults
{
    /// <summary>The greatest number of faults in the list. A hostile body could have thousands of bad fields.</summary>
    public const int MaxCount = 50;

    private const int MaxPathLength = 200;
    private readonly List<(string Field, string Remedy)> _faults = [];
    private readonly List<(string Field, Func<DateTimeZone, string?> Remedy)> _inZone = [];

    public bool Any => _faults.Count > 0;

    public void Add(string field, string remedy)
    {
        var fault = (field.Length > MaxPathLength ? field[..MaxPathLength] : field, remedy);
        // When a call is decided again, the same faults are found again.
        if (_faults.Count < MaxCount && !_faults.Contains(fault))
            _faults.Add(fault);
    }

    /// <summary>
    /// Adds a check that needs the institution's zone. The function returns the remedy, or null when the field is good in this zone. <see cref="Any"/> does not
    /// count such checks; <see cref="In"/> makes them.
    /// </summary>
    public void AddInZone(string field, Func<DateTimeZone, string?> remedy) => _inZone.Add((field, remedy));

    /// <summary>All faults, with those that show only in the institution's zone.</summary>
    public FieldFaults In(DateTimeZone zone)
    {
        if (_inZone.Count == 0)
            return this;
        var all = new FieldFaults();
        all._faults.AddRange(_faults);
        foreach (var (field, remedy) in _inZone)
        {
            if (remedy(zone) is { } fault)
                all.Add(field, fault);
        }

        return all;
    }

    /// <summary>The remedies by field, in the order in which the fields were found.</summary>
    public IEnumerable<IGrouping<string, string>> ByField() => _faults.GroupBy(fault => fault.Field, fault => fault.Remedy, StringComparer.Ordinal);

    /// <summary>400 with all faults; null when there are none.</summary>
    public ApiProblem? Problem() => Any ? ApiProblem.Invalid(this) : null;
}
