namespace Scheduler.Domain;

/// <summary>An entry of the operator's catalogue. An entry is stored under its kind and id. A change replaces the whole entry.</summary>
public abstract record CatalogueEntry
{
    private protected CatalogueEntry()
    {
    }
}
