namespace Scheduler.Tests;

/// <summary>The classes that share one server and one browser of <see cref="FlowFixture"/>.</summary>
[CollectionDefinition(nameof(FlowCollection))]
public sealed class FlowCollection : ICollectionFixture<FlowFixture>;
