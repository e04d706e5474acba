using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Keeps one valid operator's key: without one, nobody could act as an operator any more.</summary>
internal static class OperatorKeys
{
    /// <summary>Whether this is the only operator's key that is valid.</summary>
    public static bool IsLast(Catalogue catalogue, ApiKey key) => key.Role == Role.Operator && Other(catalogue, key) is null;

    /// <summary>The guard of a revocation: another activation may revoke the other operator's key at the same time.</summary>
    public static RowWrite[] OtherStays(Catalogue catalogue, ApiKey key) =>
        key.Role == Role.Operator && Other(catalogue, key) is { } other ? [new RowWrite.CatalogueUnchanged(other.Value, other.Version)] : [];

    private static Versioned<ApiKey>? Other(Catalogue catalogue, ApiKey key) =>
        catalogue.ApiKeys.Values.FirstOrDefault(one => one.Value is { Role: Role.Operator, RevokedAt: null } && one.Value.Id != key.Id);
}
