using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The vouchers of an institution.</summary>
/// <param name="Balances">One balance for each programme, by programme.</param>
[GenerateSerializer, Immutable, Alias("scheduler.vouchers-answer")]
public sealed record VouchersAnswer([property: Id(0)] ImmutableArray<VoucherBalance> Balances);
