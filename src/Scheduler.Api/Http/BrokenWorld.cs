using System.Data.Common;
using System.Net.Sockets;
using Orleans.Runtime;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Tells a world that is broken for the moment (the ledger away or closed, a silo gone, an answer that did not come) from a bug of ours: the caller repeats the one, we mend the other.</summary>
internal static class BrokenWorld
{
    public static bool IsIn(Exception? fault) => fault switch
    {
        null => false,
        LedgerUnreachableException or LedgerStoppedException or DbException => true,
        TimeoutException or OrleansException or SocketException or OperationCanceledException => true,
        AggregateException many => many.InnerExceptions.Any(IsIn),
        _ => IsIn(fault.InnerException),
    };
}
