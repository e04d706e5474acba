namespace Scheduler.Api;

/// <summary>Whether files hold all that there is.</summary>
internal enum ImportMode
{
    /// <summary>What the files do not name stays as it is.</summary>
    Add,

    /// <summary>The files hold everything: what they do not name is taken away.</summary>
    Full,
}
