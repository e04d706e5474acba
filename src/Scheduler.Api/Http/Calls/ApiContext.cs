using Microsoft.AspNetCore.Authorization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The services that every endpoint may use: the ledger and the copy of the catalogue for reading, and the grains for every change.</summary>
internal sealed class ApiContext(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, IClock clock, IAuthorizationService authorization)
{
    public SeatLedger Ledger { get; } = ledger;

    public CatalogueCopy Catalogue { get; } = catalogue;

    public IClock Clock { get; } = clock;

    public IAuthorizationService Authorization { get; } = authorization;

    public ICatalogueGrain CatalogueGrain => grains.Catalogue();

    public IInstitutionQueueGrain Queue(InstitutionId institution) => grains.Queue(institution);
}
