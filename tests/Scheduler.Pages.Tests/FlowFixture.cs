using NodaTime;

namespace Scheduler.Tests;

/// <summary>One server and one browser, with a pool that is small enough to be full and a school whose instructor books there.</summary>
public sealed class FlowFixture : IAsyncLifetime
{
    public const string Pool = "small";
    public const string Exam = "word";
    public const string School = "maple";
    public const int Seats = 40;

    public TestApi Api { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    /// <summary>The instructor of the school.</summary>
    public ApiClient Instructor { get; private set; } = null!;

    /// <summary>The coordinator of the school.</summary>
    public ApiClient Coordinator { get; private set; } = null!;

    /// <summary>The instructor of another school, which fills hours.</summary>
    public ApiClient Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Api = await TestApi.Open();
        Browser = await Browser.Start();
        await ApiClient.Must(Api.Operator.Put($"/pools/{Pool}", Json.Of(("name", "Office, Canada East"), ("zone", "America/Toronto"), ("image", "office"))));
        var week = new { days = new[] { "mon", "tue", "wed", "thu", "fri" }, fromTime = "08:00", toTime = "18:00", seats = Seats };
        await ApiClient.Must(Api.Operator.Put($"/pools/{Pool}/template", Json.Of(("weekly", new[] { week }), ("from", "2026-03-01"), ("to", "2026-06-30"))));
        // These weeks are for tests that change the capacity.
        await ApiClient.Must(Api.Operator.Put($"/pools/{Pool}/template", Json.Of(("weekly", new[] { week }), ("from", "2026-07-13"), ("to", "2026-08-31"))));
        await ApiClient.Must(Api.Operator.Put($"/exams/{Exam}", Json.Of(
            ("programme", "MOS"), ("name", "Word Associate"), ("minutes", 50), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", new[] { Pool }),
            ("modes", new[] { "lab", "online" }))));
        Instructor = await NewSchool(School, "Maple Ridge");
        Coordinator = await Api.NewCaller("coordinator", School);
        Other = await NewSchool("elm", "Elm");
    }

    /// <summary>A visitor who is signed in as the instructor, or with another key.</summary>
    public async Task<Visitor> Visit(Look? look = null, string? key = null)
    {
        var visitor = await Browser.Visit(Api.Url, look);
        await visitor.SignIn(key ?? Instructor.Key!);
        // A phone goes on from the week to its first day.
        if (look is { Width: < 600, HasScripts: true })
            await visitor.Page.WaitForURLAsync("**/availability/day*");
        return visitor;
    }

    /// <summary>An hour of Toronto's clock.</summary>
    public static Instant At(LocalDate day, int hour) =>
        day.At(new LocalTime(hour, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/Toronto"]).ToInstant();

    /// <summary>The other school books seats; the id of its booking.</summary>
    public async Task<string> Fill(Instant start, int seats) => (await Other.Post("/institutions/elm/bookings", Body(start, seats))).Must(201).Member("id");

    /// <summary>A booking of the exam in the pool.</summary>
    public static string Body(Instant start, int seats) =>
        Json.Of(("exam", Exam), ("pool", Pool), ("start", Json.Text(start)), ("seats", seats), ("mode", "online"));

    /// <summary>The address of the grid with a need, as a reader would have it after filling in the form.</summary>
    public static string Grid(string path, LocalDate from, int seats = 22) =>
        $"{path}?pool={Pool}&exam={Exam}&mode=online&seats={seats}&extra=2&percent=50&from={from:uuuu-MM-dd}";

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Api.DisposeAsync();
    }

    /// <summary>A second pool like the first, and an exam of nearly two hours that both serve.</summary>
    public async Task<(string Pool, string Exam)> SecondPool()
    {
        const string Second = "second";
        await ApiClient.Must(Api.Operator.Put($"/pools/{Second}", Json.Of(("name", "Second"), ("zone", "America/Toronto"), ("image", "office"))));
        var week = new { days = new[] { "mon", "tue", "wed", "thu", "fri" }, fromTime = "08:00", toTime = "18:00", seats = Seats };
        await ApiClient.Must(Api.Operator.Put($"/pools/{Second}/template", Json.Of(("weekly", new[] { week }), ("from", "2026-03-01"), ("to", "2026-06-30"))));
        await ApiClient.Must(Api.Operator.Put("/exams/excel", Json.Of(
            ("programme", "MOS"), ("name", "Excel Expert"), ("minutes", 110), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", new[] { Pool, Second }),
            ("modes", new[] { "online" }))));
        return (Second, "excel");
    }

    /// <summary>Does something at another time of the rules' clock.</summary>
    public async Task AtTime(Instant now, Func<Task> act)
    {
        var before = Api.Clock.Now;
        Api.Clock.Set(now);
        try
        {
            await act();
        }
        finally
        {
            Api.Clock.Set(before);
        }
    }

    /// <summary>A browser without a screen, signed in with a key.</summary>
    public async Task<PageClient> Client(string key, string language = "en-CA")
    {
        var client = new PageClient(Api.Url);
        await client.SignIn(key);
        await client.Get($"/language/{language}");
        return client;
    }

    /// <summary>A school that may book; its instructor.</summary>
    public async Task<ApiClient> NewSchool(string id, string name)
    {
        await ApiClient.Must(Api.Operator.Put($"/institutions/{id}", Json.Of(
            ("name", name), ("zone", "America/Toronto"), ("board", null), ("labSeats", 60), ("proctors", 20), ("ready", true))));
        await ApiClient.Must(Api.Operator.Post($"/institutions/{id}/packs", Json.Of(("programme", "MOS"), ("quantity", 2_000), ("purchasedOn", "2026-03-01"))));
        return await Api.NewCaller("instructor", id);
    }
}
