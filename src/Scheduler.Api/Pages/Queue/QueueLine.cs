using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A request in the queue.</summary>
/// <param name="Request">The request.</param>
/// <param name="Standing">How the request stands; null when it does not wait.</param>
/// <param name="Tab">Where the page shows the request.</param>
/// <param name="SeatsAhead">The seats of those who wait for the same block before it; null when nobody can be ahead.</param>
/// <param name="Place">The place of the request among all that wait for the same block, or of a flexible one for the pool; null when it does not wait.</param>
/// <param name="LastPlan">What the last plan says about a flexible request; null when no plan has met it, or the last one served it in full.</param>
internal sealed record QueueLine(Request Request, RequestStanding? Standing, QueueTab Tab, int? SeatsAhead, int? Place, PlanReason? LastPlan = null);
