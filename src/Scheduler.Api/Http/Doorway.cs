using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Puts the routes into an application: each is signed in and judged by its role before it runs.</summary>
internal static class Doorway
{
    private static readonly string[] _get = ["GET", "HEAD"];

    public static void MapDoor(this IEndpointRouteBuilder endpoints, Door door)
    {
        foreach (var route in Routes.All)
            endpoints.MapMethods(Door.Path + route.Path, route.Reads ? _get : [route.Method], Endpoint(door, route)).WithMetadata(route);
    }

    private static RequestDelegate Endpoint(Door door, Route route) => async http =>
    {
        var who = await door.SignIn.Who(http.Request);
        var answer = who is null ? Problems.NotSignedIn()
            : !route.IsAllowed(who.Role) ? Problems.Forbidden()
            : await Run(door, route, new(http, door, who));
        await AnswerWriter.Write(http, answer);
    };

    /// <summary>A no of the door's own rests on this silo's copy of the catalogue: it is given only when another silo has not changed that meanwhile.</summary>
    private static async ValueTask<Answer> Run(Door door, Route route, Call call)
    {
        var answer = await route.Run(call);
        return answer.IsProblem && !call.IsSettled && await door.Catalogue.IsBehind(call.Catalogue) ? await route.Run(call.Again()) : answer;
    }
}
