using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Puts entries of the catalogue: pools, exams, seasons, institutions, the policy.</summary>
internal static class CataloguePuts
{
    /// <summary>Puts an entry under the id of the path.</summary>
    /// <param name="command">The call.</param>
    /// <param name="isId">Whether the id is well formed.</param>
    /// <param name="isThere">Whether the catalogue has the entry already.</param>
    /// <param name="entry">Makes the entry from a valid body.</param>
    /// <param name="view">Makes the view of the entry.</param>
    /// <param name="check">Checks the body against the catalogue.</param>
    public static ValueTask<IResult> Run<TBody, TEntry, TView>(
        Command<TBody> command, bool isId, bool isThere, Func<TBody, TEntry> entry, Func<TEntry, int, TView> view, Action<TBody, FieldFaults>? check = null)
        where TBody : class
        where TEntry : CatalogueEntry
    {
        if (!isId)
            command.AddFault("id", "must be 1 to 64 of a-z 0-9 - _ in the path, starting with a letter or digit");
        return command.Run(
            (body, faults) =>
            {
                check?.Invoke(body, faults);
                return command.MustExist && !isThere ? ApiProblem.Stale() : null;
            },
            (catalogue, body) => catalogue.Put(new(command.Caller, entry(body)), command.Cancellation),
            put => ChangeAnswer.Ok(view((TEntry)put.Entry, put.Version), put.Version));
    }
}
