using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Statements for rare changes: capacities, the catalogue, plans, private rows and corrected packs. <see cref="PostgresView"/> has locked them.
/// </summary>
internal static class PostgresRareWriter
{
    public static void Add(RoundTrip trip, BatchNet net, Numbers numbers)
    {
        foreach (var (put, change) in net.CataloguePuts)
        {
            var (kind, id) = CatalogueText.Key(put.Entry);
            trip.Add(
                """
                insert into catalogue (kind, id, version, body, retired) values ($1, $2, $3, $4, $5)
                on conflict (kind, id) do update set version = excluded.version, body = excluded.body, retired = excluded.retired
                """,
                kind, id, put.Version, CatalogueText.Body(put.Entry), Retirement.Of(put.Entry) is null ? 0 : 1);
            trip.Add(
                "insert into catalogue_history (kind, id, version, committer, sequence, body) values ($1, $2, $3, $4, $5, $6)",
                kind, id, put.Version, numbers.Committer, numbers.First + change, CatalogueText.Body(put.Entry));
        }

        foreach (var row in net.PlanRows)
            PostgresPlanWriter.Add(trip, row);
        foreach (var row in net.PrivateRows)
            trip.Add(PrivateStatements.Put, PrivateStatements.Values(row));
        foreach (var pack in net.PacksChanged)
        {
            trip.Add(
                "update packs set quantity = $2, purchased_on = $3, void = $4 where id = $1",
                pack.Id.ToString(), pack.Quantity, RowText.Date(pack.PurchasedOn), pack.IsVoid ? 1 : 0);
        }

        foreach (var acts in net.Acts.GroupBy(one => one.Act))
        {
            trip.Add(
                "update bookings set operator_act = $2, version = version + 1 where id = any($1::text[])",
                acts.Select(one => one.Booking.ToString()).ToArray(), OperatorActForm.Write(acts.Key)!);
        }

        if (net.Capacities.Count == 0)
            return;
        trip.Add(
            """
            insert into slots (pool, minutes, capacity, shortfall) select * from unnest($1::text[], $2::int[], $3::int[], $4::int[])
            on conflict (pool, minutes) do update set capacity = excluded.capacity, shortfall = excluded.shortfall, version = slots.version + 1
            """,
            net.Capacities.Select(row => row.Slot.Pool.Text).ToArray(), net.Capacities.Select(row => row.Slot.Minutes).ToArray(),
            net.Capacities.Select(row => row.Capacity).ToArray(), net.Capacities.Select(row => row.Shortfall).ToArray());
    }
}
