namespace Scheduler.Api;

/// <summary>A body with rules between its fields. These rules are checked only when every field is valid on its own.</summary>
internal interface ICheckedBody
{
    /// <summary>Adds the faults of fields that do not fit each other.</summary>
    void Check(FieldFaults faults);
}
