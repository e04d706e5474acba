using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Sentences bend with their figures, and French has its own words.</summary>
[Collection(nameof(FlowCollection))]
public sealed partial class SentencesTests(FlowFixture flows)
{
    // Figures here are limits that the program sets, all greater than 1, or they are no figures but dates and names.
    private static readonly string[] _exceptions =
    [
        "availability.noFitAtAll", "bookings.empty.past", "join.what", "join.what.recover", "password.hint", "password.long", "password.short",
        "people.link.once", "queue.sub", "refusal.never_fits", "refusal.pool_cannot_serve_exam", "refusal.vouchers_short.other", "schools.more",
        "series.beyondWhy", "series.together", "sign.tooMany", "why.reference", "refusal.slot_full.other", "cell.yours", "refusal.capacity_below_booked",
        "refusal.mode_not_offered", "check.waitText", "refusal.not_ready.other", "scope.days.wrong", "scope.seconds.wrong", "gone.text", "cause.too_large",
        "what.many", "curve.hint", "keys.name.wrong", "figures.within", "keep.lower", "school.limitsWrong", "join.why.many",
        "import.fileHint", "lots.order.more",
    ];

    [Fact]
    public void A_figure_before_a_plural_has_a_singular()
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src/Scheduler.Api/Resources"), "*.resx"))
        {
            var isFrench = file.Contains(".fr-CA.", StringComparison.Ordinal);
            foreach (var data in XDocument.Load(file).Root!.Elements("data"))
            {
                var (name, text) = ((string)data.Attribute("name")!, (string)data.Element("value")!);
                // The first figure of a text with two forms bends.
                var rest = name.EndsWith(".other", StringComparison.Ordinal) ? text.Replace("{0}", "", StringComparison.Ordinal) : text;
                if (!name.EndsWith(".one", StringComparison.Ordinal) && !_exceptions.Contains(name) && (isFrench ? French() : English()).IsMatch(rest))
                    found.Add($"{Path.GetFileName(file)} {name}: {text}");
            }
        }

        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-CA", "Sun Mar\u00a01 is 1 day away; a booking needs 21 days of notice.", 1, null)]
    [InlineData("en-CA", "Sun Mar\u00a01 is today; in Finals a booking needs 21 days of notice.", 0, "Finals")]
    [InlineData("en-CA", "Sun Mar\u00a01 is over; a booking needs 21 days of notice.", -3, null)]
    [InlineData("fr-CA", "Le dim. 1er\u00a0mars est dans 20 jours; une réservation exige 21 jours de préavis.", 20, null)]
    [InlineData("fr-CA", "Le dim. 1er\u00a0mars est aujourd’hui; Finals exige 21 jours de préavis.", 0, "Finals")]
    public void A_refusal_of_the_notice_is_a_sentence(string language, string sentence, int days, string? season) => Told(language, season, texts =>
        texts.Parts(new Refusal.LeadTimeShort(days, 21, null)).Fact).ShouldBe(sentence);

    [Theory]
    [InlineData("en-CA", "At 00:00 your proctor can watch 20 people and 19 already sit: 1 more can.")]
    [InlineData("fr-CA", "À 0\u00a0h, votre surveillant peut suivre 20 personnes et 19 y sont déjà\u00a0: encore 1.")]
    public void One_proctor_is_one(string language, string sentence) =>
        Told(language, null, texts => texts.Parts(new Refusal.ProctorsExceeded(1, 1)).Fact).ShouldBe(sentence);

    [Fact]
    public void Refusals_bend_with_one()
    {
        Told("en-CA", null, texts => texts.Parts(new Refusal.CutoffPassed(1, 2)).Fact).ShouldBe("Moving needs 2 days of notice and 1 is left.");
        Told("en-CA", null, texts => texts.Parts(new Refusal.HoldLimit(1, 1)).Fact).ShouldBe("Your school may hold 1 block with 1 seat at once.");
        Told("en-CA", null, texts => texts.Parts(new Refusal.LabSeatsExceeded(1, 1)).Fact)
            .ShouldBe("Your lab has 1 seat, and at 00:00 there is room for 1 more person.");
        Told("fr-CA", null, texts => texts.Parts(new Refusal.Past()).Fact).ShouldBe("Le dim. 1er\u00a0mars à 0\u00a0h est passé.");
    }

    [Fact]
    public void French_has_one_word_for_the_operator_and_for_a_fair_share()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src/Scheduler.Api/Resources"), "*.fr-CA.resx"))
        {
            var text = File.ReadAllText(file);
            foreach (var word in new[] { "opérateur", "Juste part", "Laissée", "Emporter", "vous donne une clé" })
                text.ShouldNotContain(word, customMessage: file);
        }
    }

    [Fact]
    public async Task A_reason_in_the_history_has_the_quotes_of_the_language()
    {
        var id = (await flows.Instructor.Post(
            $"/institutions/{FlowFixture.School}/bookings", FlowFixture.Body(FlowFixture.At(new(2026, 5, 13), 9), 2))).Must(201).Member("id");
        (await flows.Instructor.Post($"/bookings/{id}/cancel", Json.Of(("reason", "neige")))).Must(200);
        using var french = await flows.Client(flows.Instructor.Key!, "fr-CA");
        System.Net.WebUtility.HtmlDecode((await french.Get($"/bookings/{id}")).Text).ShouldContain("«\u00a0neige\u00a0»");
        using var english = await flows.Client(flows.Instructor.Key!);
        System.Net.WebUtility.HtmlDecode((await english.Get($"/bookings/{id}")).Text).ShouldContain("“neige”");
    }

    [Fact]
    public async Task R09_an_entry_that_was_passed_over_says_why()
    {
        var start = FlowFixture.At(new(2026, 5, 14), 9);
        await flows.Fill(start, 32);
        var small = await flows.Fill(start, 8);
        var school = await flows.NewSchool("waiter", "Waiter");
        var wish = Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("preferredStart", Json.Text(start)), ("seats", 22), ("mode", "online"));
        var entry = (await school.Post("/institutions/waiter/requests", wish)).Must(201).Member("id");
        (await flows.Other.Post($"/bookings/{small}/cancel", "{}")).Must(200);
        using var client = await flows.Client(school.Key!);
        (await school.Get($"/requests/{entry}")).Must(200).Json["passedOver"].ShouldNotBeNull();
        System.Net.WebUtility.HtmlDecode((await client.Get("/queue")).Text).ShouldContain("fewer than 22 seats were free. Your rank stays.");
    }

    /// <summary>A sentence about a block on Mar 1, 2026 at midnight, told on that day in UTC.</summary>
    private static string Told(string language, string? season, Func<RefusalText, string> tell)
    {
        var before = CultureInfo.CurrentUICulture;
        using var services = new ServiceCollection().AddLogging().AddLocalization(options => options.ResourcesPath = "Resources").BuildServiceProvider();
        try
        {
            CultureInfo.CurrentUICulture = new(language);
            var start = Instant.FromUtc(2026, 3, 1, 0, 0);
            var wish = new BookingWish { Exam = ExamId.Of("word"), Pool = PoolId.Of("small"), Start = start, Seats = 2, Mode = DeliveryMode.Online };
            var catalogue = Catalogue.Empty;
            if (season is not null)
                catalogue = catalogue with { Calendar = new([new(SeasonId.Of("finals"), season, new(2026, 2, 1), new(2026, 3, 31), 21, 0.25m, null)]) };
            var time = new PageTime(PageLanguage.Current, DateTimeZone.Utc, start);
            return tell(new(services.GetRequiredService<IStringLocalizer<BookingTexts>>(), time, catalogue, wish, null));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex(@"\{\d\} (?:more |of the )?(?!is\b|has\b|was\b|does\b|as\b|this\b)(?:[a-z]+s|people|are)\b")]
    private static partial Regex English();

    [GeneratedRegex(@"\{\d\}[\u00a0 ](?!dans\b|plus\b|sans\b|pas\b|vous\b)[a-zéèêàû]+s\b")]
    private static partial Regex French();
}
