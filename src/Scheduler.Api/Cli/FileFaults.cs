using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Reasons why a file or a folder cannot be used, in plain words. The texts of the system name internal paths and functions.</summary>
internal static class FileFaults
{
    // Numbers of errors on Linux; the first two are the same on every Unix.
    private const int NotAFolder = 20, NoSpace = 28, QuotaExceeded = 122, ReadOnlyDisk = 30, Exists = 17;

    /// <summary>Why a path makes no sense; null when the path can be tried.</summary>
    public static string? PathFault(string path) => path switch
    {
        _ when string.IsNullOrWhiteSpace(path) => "a path has at least one visible character",
        _ when path.Contains('\0') => "a path has no character NUL",
        _ => null,
    };

    /// <summary>The reason of an exception, without a full stop.</summary>
    public static string Why(Exception fault) => fault switch
    {
        DirectoryNotFoundException => "there is no such folder",
        FileNotFoundException => "there is no such file",
        PathTooLongException => "the path is too long",
        UnauthorizedAccessException => "this user has no permission there",
        IOException { HResult: NotAFolder or Exists } => "a file is where a folder should be",
        IOException { HResult: NoSpace or QuotaExceeded } => "the disk is full",
        IOException { HResult: ReadOnlyDisk } => "the disk is read-only",
        _ => EmbeddedFaults.Of(fault) switch
        {
            EmbeddedFault.Full => "the disk is full",
            EmbeddedFault.ReadOnly => "this user may not write to the database file there",
            EmbeddedFault.CannotOpen => "the database file there cannot be opened",
            EmbeddedFault.Damaged => "the database file is damaged, or no database",
            EmbeddedFault.Locked => "another program has locked the database",
            _ => fault.Message.TrimEnd('.'),
        },
    };

    /// <summary>Whether an exception is a fault of files or of the embedded database, and no bug.</summary>
    public static bool IsOne(Exception fault) => fault is IOException or UnauthorizedAccessException || EmbeddedFaults.Of(fault) != EmbeddedFault.None;
}
