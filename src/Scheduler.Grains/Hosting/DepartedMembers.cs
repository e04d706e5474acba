using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Scheduler.Grains;

/// <summary>
/// Before a silo joins, it strikes off members that were killed: those whose machine answers that nobody listens at their port. Otherwise it would ask each until as many probes have
/// failed as a silence needs to count as death, and a lone silo started after a kill would come up that much later. A member that is merely silent (a machine that is off, a network
/// that is cut) is left to those probes.
/// </summary>
internal sealed partial class DepartedMembers(IMembershipTable table, ILogger<DepartedMembers> log) : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(DepartedMembers), ServiceLifecycleStage.RuntimeInitialize, Strike);

    private async Task Strike(CancellationToken cancellation)
    {
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellation);
        var members = (await table.ReadAllAsync(cancellation)).Members.Where(member => member.Item1.Status == SiloStatus.Active).Select(member => member.Item1.SiloAddress).ToList();
        var refusing = await Task.WhenAll(members.Select(async member => (Member: member, IsGone: await Refuses(member.Endpoint, cancellation))));
        foreach (var (member, _) in refusing.Where(one => one.IsGone))
        {
            // Read for each anew: every row is guarded by the table's version. Who comes too late finds it done by another.
            var now = await table.ReadAllAsync(cancellation);
            if (now.TryGet(member) is not { Item1: { Status: SiloStatus.Active } entry, Item2: var tag })
                continue;
            entry.Status = SiloStatus.Dead;
            if (await table.UpdateRowAsync(entry, tag, now.Version.Next(), cancellation))
                Struck(log, member);
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

    [LoggerMessage(1, LogLevel.Warning, "{Member} was a member of the cluster, and nobody listens at its port any more: it counts as dead.")]
    private static partial void Struck(ILogger log, SiloAddress member);
}
