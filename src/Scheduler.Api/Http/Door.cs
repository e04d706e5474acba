using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What every route may use: the ledger for reading, the catalogue's copy, the grains for everything that changes something.</summary>
internal sealed class Door(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, IClock clock)
{
    /// <summary>Path under which all routes lie.</summary>
    public const string Path = "/api/v1";

    public SeatLedger Ledger { get; } = ledger;

    public CatalogueCopy Catalogue { get; } = catalogue;

    public IClock Clock { get; } = clock;

    public SignIn SignIn { get; } = new(catalogue);

    public IInstitutionQueueGrain Queue(InstitutionId institution) => grains.Queue(institution);

    public ICatalogueGrain Operator => grains.GetGrain<ICatalogueGrain>(0);
}
