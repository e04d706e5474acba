namespace Scheduler.Grains;

/// <summary>Another process has the silo's data folder.</summary>
public sealed class SiloFolderTakenException(string folder, Exception cause) : Exception($"Another process has the data folder '{folder}'.", cause)
{
    /// <summary>The folder's whole path.</summary>
    public string Folder => folder;
}
