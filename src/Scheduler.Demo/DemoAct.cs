using NodaTime;

namespace Scheduler.Demo;

/// <summary>A step of a school, at a moment of the invented past.</summary>
internal sealed record DemoAct(Instant At, DemoSchool School, DemoStep Step);
