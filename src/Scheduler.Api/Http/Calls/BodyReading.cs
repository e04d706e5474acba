namespace Scheduler.Api;

/// <summary>The result of reading a body.</summary>
/// <param name="Value">The body; null when the body or a header of the call has a fault.</param>
/// <param name="Problem">413 or 415; null when the body could be checked.</param>
/// <param name="Hash">Hash of the call for its idempotency key; null without a key, and for a body that is too large.</param>
internal readonly record struct BodyReading<TBody>(TBody? Value, ApiProblem? Problem = null, string? Hash = null)
    where TBody : class
{
    /// <summary>Whether the body was too large to be read.</summary>
    public bool IsTooLarge => Problem?.Status == StatusCodes.Status413PayloadTooLarge;
}
