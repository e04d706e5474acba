using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Problems that only the door can have: what HTTP itself gets wrong. Their codes stand in docs/http-api.md beside the rules'.</summary>
internal static class DoorProblems
{
    /// <summary>404 for a path that no route has: the same code as for a thing that is not there, since programs ask for both by mistake.</summary>
    public static Answer NoSuchAddress() => Problems.Of(404, "not_found", "There is no such address.", $"Addresses start with {Door.Path}; /openapi/v1.json lists them all.");

    /// <summary>405.</summary>
    public static Answer WrongMethod() => Problems.Of(405, "method_not_allowed", "This address does not take this method.", "The Allow header names those it takes.");

    /// <summary>413.</summary>
    public static Answer TooLarge() => Problems.Of(413, "body_too_large", "The body is too large.", $"Send at most {Limits.BodyBytes} bytes.");

    /// <summary>415.</summary>
    public static Answer WrongMediaType() => Problems.Of(415, "unsupported_media_type", "The body is not JSON by its own account.", "Send it with Content-Type: application/json.");

    /// <summary>Any other fault of the message itself, as the server found it.</summary>
    public static Answer BadMessage(int status) => Problems.Of(status, "bad_message", "The HTTP message is malformed.", "Mend the message and send it again.");

    /// <summary>409: R1 hangs every slot of the pool on its zone.</summary>
    public static Answer PoolZoneFixed(string zone) => Problems.Of(
        409, "pool_zone_fixed", "The pool's zone cannot change any more.", $"It has slots on the hours of {zone}. Make another pool for the other zone.");

    /// <summary>503 when a change got no answer: unlike elsewhere it is not known whether it was made.</summary>
    public static Answer Unknown() => Problems.Of(
        503, "unavailable", "No answer can be given just now.", "It is not known whether the change was made. Repeat the call with the same Idempotency-Key: you get its first answer, or it is made now.",
        retryAfterSeconds: 2);

    /// <summary>500: a bug, logged under this id.</summary>
    public static Answer Internal(string trace) => Problems.Of(
        500, "internal", "Something went wrong on our side.", "Repeat the call with the same Idempotency-Key; if it persists, tell the operator the trace.", writer => writer.WriteString("trace", trace));
}
