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
            // A clock time such as 13:00 has no space.
            Regex.IsMatch(text, @"(?<!\u00a0)(?:[%»]|:(?!\d))|«(?!\u00a0)")
                .ShouldBeFalse($"{name}: a space that does not break stands before : and % and inside « »");
            Regex.IsMatch(text, @"\s[?!;]").ShouldBeFalse($"{name}: French of Canada has no space before ? ! ;");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_text_excuses_itself_or_blames_the_reader(string file)
    {
        foreach (var one in new[] { file, file.Replace(".resx", ".fr-CA.resx", StringComparison.Ordinal) })
        {
            foreach (var (name, text) in Texts(one))
                Regex.IsMatch(text, @"\b(sorry|please|invalid|oops|désolée?s?|veuillez|invalides?)\b|s’il vous plaît", RegexOptions.IgnoreCase)
                    .ShouldBeFalse(name);
        }
    }

    [Fact]
    public void Every_text_that_the_program_names_is_there()
    {
        var named = Sources.SelectMany(source => NamesIn(source.Text).Select(name => (source.File, Name: name))).ToList();
        named.Select(one => one.Name).Distinct().Count().ShouldBeGreaterThan(500);
        named.Where(one => one.Name.Contains('{', StringComparison.Ordinal) ? !Known.Any(Pattern(one.Name).IsMatch) : !Known.Contains(one.Name))
            .Select(one => $"{one.File}: {one.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void No_text_is_left_over()
    {
        // A text whose name is put together, such as $"role.{role}", is in use when the pieces fit.
        List<Regex> patterns = [.. Sources.SelectMany(source => Composed().Matches(source.Text)).Select(match => Pattern(match.Groups[1].Value))];
        Known.Where(name => !IsUsed(name) && !IsUsed(Counted().Replace(name, ""))).ShouldBeEmpty();

        bool IsUsed(string name) =>
            Sources.Any(source => source.Text.Contains($"\"{name}\"", StringComparison.Ordinal)) || patterns.Any(pattern => pattern.IsMatch(name));
    }

    /// <summary>The texts of all files, by name.</summary>
    private static HashSet<string> Known { get; } = [.. Directory.EnumerateFiles(_resources, "*.resx")
        .Where(file => !file.Contains(".fr-CA.", StringComparison.Ordinal)).SelectMany(file => Texts(Path.GetFileName(file)).Keys)];

    /// <summary>The program's own code and pages.</summary>
    private static IReadOnlyList<(string File, string Text)> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(), "src/Scheduler.Api"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
    ];

    /// <summary>The names of texts in a file: what stands between the brackets of the texts' variables, and what is counted.</summary>
    private static IEnumerable<string> NamesIn(string source)
    {
        foreach (Match start in Variable().Matches(source))
        {
            var inside = source[(start.Index + start.Length)..(start.Index + start.Length + LengthInside(source.AsSpan(start.Index + start.Length)))];
            foreach (Match text in Literal().Matches(inside))
            {
                // Further on in the brackets stand the values of the text too. A name that is put together from texts is cut in the middle.
                if (inside[..text.Index].EndsWith("Count(", StringComparison.Ordinal))
                    continue;
                var name = text.Groups["text"].Value;
                if (name.Count(letter => letter == '{') == name.Count(letter => letter == '}') && (text.Index == 0 || DottedName().IsMatch(name)))
                    yield return name;
            }
        }

        foreach (Match count in Count().Matches(source))
            yield return count.Groups["text"].Value + ".one";
    }

    /// <summary>The length up to the bracket that closes.</summary>
    private static int LengthInside(ReadOnlySpan<char> rest)
    {
        var depth = 1;
        for (var k = 0; k < rest.Length; k++)
        {
            depth += rest[k] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
                return k;
        }

        return rest.Length;
    }

    /// <summary>What a name that is put together may be.</summary>
    private static Regex Pattern(string composed) => new($"^{string.Join(@"[\w.]+", Hole().Split(composed).Select(Regex.Escape))}$");

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

    [GeneratedRegex(@"\b(?:T|B|Text|Texts|Common|text|texts)\[")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$?\x22(?<text>[^\x22\n]*)\x22")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\.Count\(\s*\$?\x22(?<text>[^\x22\n]*)\x22")]
    private static partial Regex Count();

    [GeneratedRegex(@"^[a-z]\w*(\.[\w{}]+)+$")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"\$\x22([a-z]\w*\.[^\x22\n]*\{[^\x22\n]*)\x22")]
    private static partial Regex Composed();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\.(one|other)$")]
    private static partial Regex Counted();
}
