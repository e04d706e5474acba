using Microsoft.AspNetCore.Authorization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The services that every endpoint may use: the ledger and the copy of the catalogue for reading, and the grains for every change.</summary>
internal sealed class ApiContext(
    SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, IClock clock, IAuthorizationService authorization, IHostApplicationLifetime lifetime,
    PlanAdvisor advisor, AccountCopy accounts)
{
    public SeatLedger Ledger { get; } = ledger;

    public CatalogueCopy Catalogue { get; } = catalogue;

    /// <summary>The accounts and the invitations.</summary>
    public AccountCopy Accounts { get; } = accounts;

    public IClock Clock { get; } = clock;

    public IAuthorizationService Authorization { get; } = authorization;

    /// <summary>Answers questions about plans and capacity.</summary>
    public PlanAdvisor Advisor { get; } = advisor;

    public ICatalogueGrain CatalogueGrain => grains.Catalogue();

    public IPlansGrain Plans => grains.Plans();

    /// <summary>Cancelled when the server begins to stop.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public IPlanGrain Plan(PlanId plan) => grains.Plan(plan);

    public IInstitutionQueueGrain Queue(InstitutionId institution) => grains.Queue(institution);
}
