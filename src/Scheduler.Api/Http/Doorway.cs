using Orleans.Runtime;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Puts the routes into an application: each is signed in and judged by its role before it runs.</summary>
internal static class Doorway
{
    // Each waits until the cluster has agreed on who is gone; a third silo that dies meanwhile is for the caller's own repeat.
    private const int Repeats = 2;

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
            : await Judged(door, route, new(http, door, who));
        await AnswerWriter.Write(http, answer);
    };

    /// <summary>A no of the door's own rests on this silo's copy of the catalogue: it is given only when another silo has not changed that meanwhile.</summary>
    private static async ValueTask<Answer> Judged(Door door, Route route, Call call)
    {
        var answer = await Run(route, call);
        if (!answer.IsProblem || call.IsSettled || !await door.Catalogue.IsBehind(call.Catalogue))
            return answer;
        // The newer catalogue may not know the caller's key any more.
        return await door.SignIn.Who(call.Http.Request) is null ? Problems.NotSignedIn() : await Run(route, call.Again());
    }

    /// <summary>A silo that died with the call leaves open what became of it. Its key tells (R13): the call is made again here, so that its caller need not.</summary>
    private static async ValueTask<Answer> Run(Route route, Call call)
    {
        for (var repeat = 0; ; repeat++)
        {
            try
            {
                return await route.Run(call);
            }
            catch (SiloUnavailableException) when (call.HasKey && repeat < Repeats)
            {
                call = call.Again();
            }
        }
    }
}
