using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The table of all routes.</summary>
internal static class Routes
{
    private static readonly string[] _wish =
    [
        "unknown_exam", "unknown_pool", "pool_cannot_serve_exam", "mode_not_offered", "not_on_slot", "not_ready", "past", "horizon", "lead_time", "collecting",
        "proctors_exceeded", "lab_seats_exceeded", "vouchers_short",
    ];

    private static readonly string[] _slots = ["closed", "slot_full", "fair_share"];

    public static IReadOnlyList<Route> All { get; } =
    [
        .. Things("pools", Subject.Pool, "Pool", "pool", CatalogueApi.Pools, CatalogueApi.Pool, CatalogueApi.PutPool, "pool_zone_fixed"),
        .. Things("exams", Subject.Exam, "Exam", "exam", CatalogueApi.Exams, CatalogueApi.Exam, CatalogueApi.PutExam),
        .. Things("seasons", Subject.Season, "Season", "season", CatalogueApi.Seasons, CatalogueApi.Season, CatalogueApi.PutSeason),
        .. Things("institutions", Subject.Institution, "Institution", "institution", CatalogueApi.Institutions, CatalogueApi.Institution, CatalogueApi.PutInstitution),
        Get("/policy", Callers.Everyone, Subject.None, "The policy: rates and defaults.", "Policy", CatalogueApi.Policy),
        Put("/policy", Subject.None, "Replaces the policy.", "Policy", "Policy", CatalogueApi.PutPolicy),
        Get("/pools/{id}/capacity", Callers.Everyone, Subject.Pool, "Where a pool's capacity comes from, and its slots.", "PoolCapacity", CapacityApi.Get) with { Query = ["from!", "to!"] },
        Put("/pools/{id}/template", Subject.Pool, "Replaces the weekly template on its dates.", "Template", "TemplateSet", CapacityApi.PutTemplate) with { Codes = ["capacity_below_booked"] },
        Put("/pools/{id}/capacity", Subject.Pool, "Sets an exception to the template.", "CapacityException", "CapacitySet", CapacityApi.PutException) with
        {
            Codes = ["capacity_below_booked", "not_on_slot"],
        },
        Delete("/pools/{id}/capacity", Callers.Operators, Subject.Pool, "Clears exceptions: the template shows again.", CapacityApi.ClearExceptions) with
        {
            Query = ["from!", "to!", "force", "reason"], Codes = ["capacity_below_booked", "not_on_slot"], Statuses = [200, 204], Shown = "CapacitySet",
        },
        Post("/institutions/{id}/packs", Callers.Operators, Subject.Institution, "Records a pack of vouchers.", "Pack", "PackShown", PacksApi.Post) with { Statuses = [201] },
        List("/institutions/{id}/packs", Callers.Managers, Subject.Institution, "An institution's packs.", "PackShown", PacksApi.List),
        Post("/api-keys", Callers.Managers, Subject.None, "Makes an API key; its secret is shown this once.", "ApiKey", "ApiKeyMade", ApiKeysApi.Post) with { Statuses = [201] },
        List("/api-keys", Callers.Managers, Subject.None, "API keys, without their secrets.", "ApiKeyShown", ApiKeysApi.List),
        Delete("/api-keys/{id}", Callers.Managers, Subject.ApiKey, "Revokes an API key.", ApiKeysApi.Revoke),
        List("/audit", Callers.Managers, Subject.None, "Who did what when, from what to what, and why.", "Record", AuditApi.Audit, "subject", "from", "to"),
        Get("/me", Callers.Everyone, Subject.None, "Who is signed in.", "Me", AuditApi.Me),
        Get("/availability", Callers.Everyone, Subject.None, "Free seats of a pool's slots, as a picture in memory shows them.", "Availability", AvailabilityApi.Get) with
        {
            Query = ["pool!", "from!", "to!", "institution"], Codes = ["unknown_pool"],
        },
        Post("/institutions/{id}/bookings", Callers.Bookers, Subject.Institution, "Books a block.", "Booking", "BookingShown", BookingsApi.Post) with
        {
            Statuses = [201], Codes = [.. _wish, .. _slots],
        },
        List("/institutions/{id}/bookings", Callers.Everyone, Subject.Institution, "An institution's bookings, in the order in which they were made.", "BookingShown", BookingsApi.List, "from", "to", "status"),
        Get("/bookings/{id}", Callers.Everyone, Subject.Booking, "A booking.", "BookingShown", BookingsApi.Get),
        Post("/bookings/{id}/cancel", Callers.Bookers, Subject.Booking, "Cancels a booking.", "Cancel", "BookingShown", BookingsApi.Cancel) with { Codes = ["sitting_begun"], BodyMayBeEmpty = true },
        Post("/bookings/{id}/reschedule", Callers.Bookers, Subject.Booking, "Moves a booking to another start.", "Reschedule", "BookingShown", BookingsApi.Reschedule) with
        {
            Codes = ["booking_cancelled", "sitting_begun", "cutoff_passed", .. _wish, .. _slots],
        },
        Post("/bookings/{id}/resize", Callers.Bookers, Subject.Booking, "Changes candidates and accommodations in place.", "Resize", "BookingShown", BookingsApi.Resize) with
        {
            Codes = ["booking_cancelled", "sitting_begun", .. _wish, .. _slots],
        },
        Post("/bookings/{id}/attendance", Callers.Bookers, Subject.Booking, "Tells how many sat.", "Attendance", "BookingShown", BookingsApi.Attend) with
        {
            Codes = ["booking_cancelled", "sitting_not_begun", "more_than_booked"],
        },
        Post("/institutions/{id}/holds", Callers.Bookers, Subject.Institution, "Holds a block for a few minutes.", "Booking", "HoldShown", HoldsApi.Post) with
        {
            Statuses = [201], Codes = [.. _wish, "hold_limit", .. _slots],
        },
        Get("/holds/{id}", Callers.Everyone, Subject.Hold, "A hold.", "HoldShown", HoldsApi.Get),
        Post("/holds/{id}/confirm", Callers.Bookers, Subject.Hold, "Turns a hold into a booking.", null, "BookingShown", HoldsApi.Confirm) with
        {
            Statuses = [201], Codes = ["hold_lapsed", "hold_confirmed", "not_ready", "past", "horizon", "lead_time", "collecting"],
        },
        Delete("/holds/{id}", Callers.Bookers, Subject.Hold, "Gives a hold back.", HoldsApi.Release) with { Codes = ["hold_confirmed"] },
        Post("/institutions/{id}/requests", Callers.Bookers, Subject.Institution, "Joins the waitlist for exactly one block.", "Request", "RequestShown", RequestsApi.Post) with
        {
            Statuses = [201], Codes = ["unknown_exam", "unknown_pool", "pool_cannot_serve_exam", "mode_not_offered", "not_on_slot", "not_ready", "past", "horizon", "lead_time", "queue_full"],
        },
        List("/institutions/{id}/queue", Callers.Everyone, Subject.Institution, "An institution's queue, with places in it.", "RequestShown", RequestsApi.Queue),
        Get("/requests/{id}", Callers.Everyone, Subject.Request, "A request.", "RequestShown", RequestsApi.Get),
        Delete("/requests/{id}", Callers.Bookers, Subject.Request, "Takes a request back.", RequestsApi.Withdraw),
        List("/institutions/{id}/notices", Callers.Everyone, Subject.Institution, "What an institution is to be told, in order: pull it, and drop repeats by id.", "Record", AuditApi.Notices),
    ];

    private static IEnumerable<Route> Things(
        string name, Subject subject, string schema, string word, RouteRun list, RouteRun get, RouteRun put, params string[] codes) =>
    [
        List($"/{name}", Callers.Everyone, Subject.None, $"The {name}.", schema + "Shown", list),
        Get($"/{name}/{{id}}", Callers.Everyone, subject, $"One {word}.", schema + "Shown", get),
        Put($"/{name}/{{id}}", subject, $"Makes or replaces one {word}.", schema, schema + "Shown", put) with { Codes = codes },
    ];

    private static Route Get(string path, Callers may, Subject subject, string summary, string result, RouteRun run) =>
        new() { Method = "GET", Path = path, May = may, Subject = subject, Summary = summary, Shown = result, Run = run };

    private static Route List(string path, Callers may, Subject subject, string summary, string entry, RouteRun run, params string[] query) =>
        Get(path, may, subject, summary, entry, run) with { IsList = true, Query = [.. query, "limit", "cursor"] };

    private static Route Put(string path, Subject subject, string summary, string body, string result, RouteRun run) =>
        new() { Method = "PUT", Path = path, May = Callers.Operators, Subject = subject, Summary = summary, Body = body, Shown = result, Run = run };

    private static Route Post(string path, Callers may, Subject subject, string summary, string? body, string result, RouteRun run) =>
        new() { Method = "POST", Path = path, May = may, Subject = subject, Summary = summary, Body = body, Shown = result, Run = run };

    private static Route Delete(string path, Callers may, Subject subject, string summary, RouteRun run) =>
        new() { Method = "DELETE", Path = path, May = may, Subject = subject, Summary = summary, Run = run, Statuses = [204] };
}
