using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scheduler.Tests;

/// <summary>No text is missing in one of the languages, and none is left over.</summary>
public sealed partial class TextsTests
{
    private static readonly string _resources = Path.Combine(Root(), "src/Scheduler.Api/Resources");

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(_resources, "*.resx").Select(file => Path.GetFileName(file))
        .Where(name => !name.Contains(".fr-CA.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_languages_have_the_same_texts_with_the_same_values(string file)
    {
        var english = Texts(file);
        var french = Texts(file.Replace(".resx", ".fr-CA.resx", StringComparison.Ordinal));
        french.Keys.Order(StringComparer.Ordinal).ShouldBe(english.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, text) in english)
        {
            french[name].ShouldNotBeNullOrWhiteSpace(name);
            Values(french[name]).ShouldBe(Values(text), name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_text_with_a_plural_has_both_forms(string file)
    {
        var names = Texts(file).Keys.ToList();
        foreach (var name in names.Where(name => name.EndsWith(".one", StringComparison.Ordinal)))
            names.ShouldContain(name[..^4] + ".other");
        foreach (var name in names.Where(name => name.EndsWith(".other", StringComparison.Ordinal)))
            names.ShouldContain(name[..^6] + ".one");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void French_has_its_own_marks(string file)
    {
        foreach (var (name, text) in Texts(file.Replace(".resx", ".fr-CA.resx", StringComparison.Ordinal)))
        {
            text.ShouldNotContain("'", customMessage: name);
            Regex.IsMatch(text, @"(?<!\u00a0)(?<![\w{}])[:%»]|« ").ShouldBeFalse($"{name}: a space that does not break stands before : and % and inside « »");
            Regex.IsMatch(text, @"\s[?!;]").ShouldBeFalse($"{name}: French of Canada has no space before ? ! ;");
        }
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var known = Directory.EnumerateFiles(_resources, "*.resx").Where(file => !file.Contains(".fr-CA.", StringComparison.Ordinal))
            .SelectMany(file => Texts(Path.GetFileName(file)).Keys).ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(Path.Combine(Root(), "src/Scheduler.Api/Pages"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Name: match.Groups[1].Value))).ToList();
        named.Count.ShouldBeGreaterThan(20);
        named.Where(one => !known.Contains(one.Name)).Select(one => $"{one.File}: {one.Name}").ShouldBeEmpty();
    }

    private static Dictionary<string, string> Texts(string file) => XDocument.Load(Path.Combine(_resources, file)).Root!.Elements("data")
        .ToDictionary(data => (string)data.Attribute("name")!, data => (string)data.Element("value")!, StringComparer.Ordinal);

    private static string Values(string text) =>
        string.Join(' ', Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex("""@?Text\["([^"]+)"[\],]""")]
    private static partial Regex Named();
}
