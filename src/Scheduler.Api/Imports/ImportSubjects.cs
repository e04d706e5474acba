namespace Scheduler.Api;

/// <summary>Finds what an import does with things of a kind.</summary>
internal sealed class ImportSubjects(InstitutionImport institutions)
{
    public IImportSubjects Of(ImportKind kind) => kind switch
    {
        ImportKind.Institutions or ImportKind.Boards => institutions,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
