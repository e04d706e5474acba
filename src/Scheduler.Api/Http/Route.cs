using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The roles that may call a route. What each may see of it is decided by reach.</summary>
[Flags]
internal enum Callers
{
    Nobody = 0,
    Viewers = 1 << (int)Role.Viewer,
    Instructors = 1 << (int)Role.Instructor,
    Coordinators = 1 << (int)Role.Coordinator,
    Operators = 1 << (int)Role.Operator,
    Everyone = Viewers | Instructors | Coordinators | Operators,
    Bookers = Instructors | Coordinators | Operators,
    Managers = Coordinators | Operators,
}

/// <summary>What a path's <c>{id}</c> names: decides whose it is, in tests and in the document.</summary>
internal enum Subject
{
    None,
    Pool,
    Exam,
    Season,
    Institution,
    Booking,
    Hold,
    Request,
    ApiKey,
}

/// <summary>
/// One route of the API, with all that is said of it elsewhere: who may, what it takes, what it answers. The router, the OpenAPI document and the tests are made from the same table.
/// </summary>
internal sealed record Route
{
    public required string Method { get; init; }

    /// <summary>Path under the API's base.</summary>
    public required string Path { get; init; }

    public required Callers May { get; init; }

    public required Subject Subject { get; init; }

    /// <summary>One sentence for the document.</summary>
    public required string Summary { get; init; }

    /// <summary>Answers a signed-in caller whose role may call it.</summary>
    public required RouteRun Run { get; init; }

    /// <summary>Name of the body's schema; null when it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>Name of the schema of a success; null for no content.</summary>
    public string? Shown { get; init; }

    /// <summary>Whether the result is a page of such entries.</summary>
    public bool IsList { get; init; }

    /// <summary>Statuses of a success.</summary>
    public int[] Statuses { get; init; } = [200];

    /// <summary>Whether all of the body's fields may be left out, and so the body itself.</summary>
    public bool BodyMayBeEmpty { get; init; }

    /// <summary>Query parameters; a <c>!</c> marks those that must be given.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>Codes of refusals beside those that every route has.</summary>
    public string[] Codes { get; init; } = [];

    public bool IsAllowed(Role role) => (May & (Callers)(1 << (int)role)) != 0;

    /// <summary>A verb that reads.</summary>
    public bool Reads => Method == "GET";
}

/// <summary>Answers a signed-in caller whose role may call the route.</summary>
internal delegate ValueTask<Answer> RouteRun(Call call);
