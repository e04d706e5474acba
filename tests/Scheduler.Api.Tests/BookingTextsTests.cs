using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>The texts of the pages for booking: both languages have the same texts with the same figures, and every refusal has a sentence.</summary>
public sealed partial class BookingTextsTests
{
    private static readonly Dictionary<string, string> _english = Read("BookingTexts.resx");
    private static readonly Dictionary<string, string> _french = Read("BookingTexts.fr-CA.resx");

    [Fact]
    public void Both_languages_have_the_same_texts()
    {
        _english.Keys.Except(_french.Keys).ShouldBeEmpty();
        _french.Keys.Except(_english.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_has_the_same_figures_in_both_languages() => _english.Keys
        .Where(name => !name.EndsWith(".one", StringComparison.Ordinal) && Figures(_english[name]) != Figures(_french[name])).ShouldBeEmpty();

    [Fact]
    public void Plural_forms_come_in_pairs() => _english.Keys.Where(name => name.EndsWith(".one", StringComparison.Ordinal))
        .Where(name => !_english.ContainsKey(name[..^3] + "other")).ShouldBeEmpty();

    [Fact]
    public void Every_refusal_has_a_sentence()
    {
        // The frozen words of the project name every code of a refusal.
        var codes = File.ReadLines(Path.Combine(Root(), "tests", "Scheduler.House.Tests", "FrozenWords.txt"))
            .Where(line => line.StartsWith("code ", StringComparison.Ordinal)).Select(line => line["code ".Length..].Trim()).ToList();
        codes.Count.ShouldBeGreaterThan(30);
        codes.Where(code => !_english.Keys.Any(name => name == $"refusal.{code}" || name.StartsWith($"refusal.{code}.", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void French_has_no_space_that_breaks_before_a_colon_or_a_per_cent_sign() =>
        _french.Where(text => Breaks().IsMatch(text.Value)).Select(text => text.Key).ShouldBeEmpty();

    [Theory]
    [InlineData(1, "en-CA", "is 1 day away")]
    [InlineData(2, "en-CA", "is 2 days away")]
    [InlineData(1, "fr-CA", "est dans 1 jour;")]
    [InlineData(2, "fr-CA", "est dans 2 jours;")]
    public void Days_before_a_sitting_have_their_plural(int days, string language, string sentence)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        using var services = new ServiceCollection().AddLogging().AddLocalization(options => options.ResourcesPath = "Resources").BuildServiceProvider();
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = new(language);
            var time = new PageTime(PageLanguage.Current, NodaTime.DateTimeZone.Utc, TestApi.Start);
            var texts = new RefusalText(services.GetRequiredService<IStringLocalizer<BookingTexts>>(), time, Catalogue.Empty, null, null);
            foreach (var earliest in new NodaTime.LocalDate?[] { null, new(2026, 4, 1) })
                texts.Of(new Refusal.LeadTimeShort(days, 21, earliest)).ShouldContain(sentence);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData(1, "1st", "1er")]
    [InlineData(2, "2nd", "2e")]
    [InlineData(3, "3rd", "3e")]
    [InlineData(11, "11th", "11e")]
    [InlineData(22, "22nd", "22e")]
    public void A_place_in_a_row_has_its_ending(int rank, string english, string french)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        try
        {
            System.Globalization.CultureInfo.CurrentUICulture = new("en-CA");
            Api.PageRank.Of(rank).ShouldBe(english);
            System.Globalization.CultureInfo.CurrentUICulture = new("fr-CA");
            Api.PageRank.Of(rank).ShouldBe(french);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    private static Dictionary<string, string> Read(string file)
    {
        return XDocument.Load(Path.Combine(Root(), "src", "Scheduler.Api", "Resources", file)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Scheduler.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private static string Figures(string text) => string.Join(' ', Figure().Matches(text).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Figure();

    [GeneratedRegex(@" [:%»]|« ")]
    private static partial Regex Breaks();
}
