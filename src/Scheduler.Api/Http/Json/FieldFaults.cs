namespace Scheduler.Api;

/// <summary>The bad fields of one call, each with the values that the field may have. One answer lists all of them.</summary>
internal sealed class FieldFaults
{
    /// <summary>The greatest number of faults in the list. A hostile body could have thousands of bad fields.</summary>
    public const int MaxCount = 50;

    private const int MaxPathLength = 200;
    private readonly List<(string Field, string Remedy)> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(string field, string remedy)
    {
        var fault = (field.Length > MaxPathLength ? field[..MaxPathLength] : field, remedy);
        // When a call is decided again, the same faults are found again.
        if (_faults.Count < MaxCount && !_faults.Contains(fault))
            _faults.Add(fault);
    }

    /// <summary>The remedies by field, in the order in which the fields were found.</summary>
    public IEnumerable<IGrouping<string, string>> ByField() => _faults.GroupBy(fault => fault.Field, fault => fault.Remedy, StringComparer.Ordinal);

    /// <summary>400 with all faults; null when there are none.</summary>
    public ApiProblem? Problem() => Any ? ApiProblem.Invalid(this) : null;
}
