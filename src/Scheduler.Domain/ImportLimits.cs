namespace Scheduler.Domain;

/// <summary>Limits of imports from files.</summary>
public static class ImportLimits
{
    /// <summary>Bytes of the files of one import together, as they are on a disk.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    /// <summary>Bytes of the body of a call that imports files: the files as base64 text, and their names.</summary>
    public const int BodyBytes = 6 * 1024 * 1024;

    /// <summary>Bytes that the parts of one compressed file may have together when they are unpacked.</summary>
    public const int UnpackedBytes = 32 * 1024 * 1024;

    /// <summary>Files of one import, and parts of one compressed file.</summary>
    public const int Files = 40;

    /// <summary>Rows of one import.</summary>
    public const int Rows = 5_000;

    /// <summary>Columns of one table of an import.</summary>
    public const int Columns = 100;

    /// <summary>Characters of one cell of an import.</summary>
    public const int CellCharacters = 2_000;
}
