using NodaTime;

namespace Scheduler.Api;

/// <summary>Settings without faults, the builder that they were read from, and the clock of the rules.</summary>
internal sealed record ServePlan(SchedulerSettings Settings, WebApplicationBuilder Builder, IClock Clock);
