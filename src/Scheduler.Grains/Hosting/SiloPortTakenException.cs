using System.Globalization;

namespace Scheduler.Grains;

/// <summary>Another program has the port that is set for other silos.</summary>
public sealed class SiloPortTakenException(int port) : Exception(string.Create(CultureInfo.InvariantCulture, $"Another program has port {port}."))
{
    /// <summary>The port that is set.</summary>
    public int Port => port;
}
