namespace Scheduler.Api;

/// <summary>Why a row of a series asks for nothing.</summary>
internal enum SeriesFault
{
    /// <summary>The row does not begin with a date and a time, or its seats or its reference cannot be read.</summary>
    Unread,

    /// <summary>The extra time of the row cannot be read, or more people have extra time than the row has candidates.</summary>
    ExtraTime,
}
