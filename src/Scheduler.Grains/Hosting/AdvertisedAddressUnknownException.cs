namespace Scheduler.Grains;

/// <summary>The route to the database does not show the address at which other silos reach this silo, so the address must be set.</summary>
public sealed class AdvertisedAddressUnknownException(string message) : Exception(message);
