using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The operator's things: pools, capacity, exams, seasons, policy, institutions' settings, API keys. There is one, with key <c>0</c>.</summary>
[Alias("scheduler.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>The first answer to a call with this key; a refusal when the key came with other content; null when the key is not known (R13).</summary>
    [Alias("recall")]
    Task<Answer?> Recall(IdempotencyStamp stamp);

    /// <summary>Makes or replaces an entry: 200 with its view, or 412.</summary>
    [Alias("put")]
    Task<Answer> Put(PutCommand command);

    /// <summary>Makes an API key: 201 with <c>id</c>; the door adds the secret, which is never stored.</summary>
    [Alias("make-key")]
    Task<Answer> MakeKey(MakeKeyCommand command);

    /// <summary>Revokes an API key: 204.</summary>
    [Alias("revoke-key")]
    Task<Answer> RevokeKey(RevokeKeyCommand command);

    /// <summary>Replaces a template (R3): 200, or 409 <c>capacity_below_booked</c>.</summary>
    [Alias("set-template")]
    Task<Answer> SetTemplate(TemplateCommand command);

    /// <summary>Sets or clears exceptions (R3): 200 (204 for clearing without shortfall), or 409 <c>capacity_below_booked</c>.</summary>
    [Alias("set-exception")]
    Task<Answer> SetException(ExceptionCommand command);
}
