using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Scheduler.Grains;

/// <summary>
/// Before a silo joins, this service removes members that were killed: members whose machine refuses a connection to their port. Without this removal the silo
/// would probe each such member until enough probes have failed, and a single silo that starts after a kill would be ready later by that time. A member that
/// does not answer at all (its machine is off, the network is cut) is not removed here; the probes decide about that member.
/// </summary>
internal sealed partial class DepartedMembers(IMembershipTable table, ILogger<DepartedMembers> log) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(DepartedMembers), ServiceLifecycleStage.RuntimeInitialize, RemoveDeparted);

    private async Task RemoveDeparted(CancellationToken cancellation)
    {
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellation);
        var members = (await table.ReadAllAsync(cancellation)).Members
            .Where(member => member.Item1.Status == SiloStatus.Active).Select(member => member.Item1.SiloAddress).ToList();
        var refusing = await Task.WhenAll(members.Select(async member => (Member: member, IsGone: await Refuses(member.Endpoint, cancellation))));
        foreach (var (member, _) in refusing.Where(one => one.IsGone))
        {
            // The table is read again for each member, since every change of a row needs the table's present version. Another silo may have removed the member
            // in between.
            var now = await table.ReadAllAsync(cancellation);
            if (now.TryGet(member) is not { Item1: { Status: SiloStatus.Active } entry, Item2: var tag })
                continue;
            entry.Status = SiloStatus.Dead;
            if (await table.UpdateRowAsync(entry, tag, now.Version.Next(), cancellation))
                Removed(log, member);
        }
    }

    private static async Task<bool> Refuses(IPEndPoint endpoint, CancellationToken cancellation)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            await socket.ConnectAsync(endpoint, patience.Token);
            return false;
        }
        catch (SocketException answer)
        {
            return answer.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Member} was a member of the cluster and its port refuses connections. The member is marked as dead.")]
    private static partial void Removed(ILogger log, SiloAddress member);
}
