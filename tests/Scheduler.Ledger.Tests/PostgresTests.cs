using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>One PostgreSQL server for all tests that need one.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "postgres";
}
