using System.Text.RegularExpressions;
using Scheduler.Api;
using Spectre.Console;

namespace Scheduler.Tests;

/// <summary>The command line: words that nobody knows start nothing, and every verb describes itself.</summary>
public sealed partial class CommandLineTests
{
    [Theory]
    [InlineData("'serve'", "serv")]
    [InlineData("'check'", "chek")]
    [InlineData("'--urls'", "--url", "http://127.0.0.1:0")]
    [InlineData("'--environment'", "--enviroment=Development")]
    [InlineData("nearest one is", "--foo")]
    [InlineData("'--out'", "solve", "--oot", "p.json", "i.json")]
    [InlineData("one word too many", "check", "a", "b")]
    [InlineData("one word too many", "serve", "now")]
    [InlineData("'--ConnectionStrings:Ledger'", "--ConnectionStrings:Leger=Host=db")]
    [InlineData("Scheduler__DataDirectory", "--Scheduler:DataDirectry=x")]
    [InlineData("needs a value", "check", "--Scheduler:DataDirectory")]
    [InlineData("reads no settings", "solve", "--Scheduler:Demo=true", "i.json", "--out", "p.json")]
    [InlineData("'--out' is required", "solve", "i.json")]
    [InlineData("--threads takes a whole number", "solve", "i.json", "--out", "p.json", "--threads", "0")]
    [InlineData("--effort takes a number", "solve", "i.json", "--out", "p.json", "--effort", "-1")]
    [InlineData("--points takes a whole number", "advise", "i.json", "--out", "a.json", "--points", "1")]
    [InlineData("--time-limit takes a number", "solve", "i.json", "--out", "p.json", "--time-limit", "NaN")]
    [InlineData("two ledgers", "check", "a", "--connection", "b")]
    [InlineData("not an address", "--urls", "127.0.0.1")]
    public async Task Words_that_make_no_sense_end_with_64_and_a_sentence(string sentence, params string[] args)
    {
        var (code, output, error) = await Run(args);
        code.ShouldBe(64);
        error.ShouldContain(sentence);
        error.ShouldNotContain("   at ");
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_verb_and_every_option_has_a_description()
    {
        var verbs = Rows((await Run("--help")).Output, "Commands:");
        verbs.Select(row => row.Split(' ')[0]).ShouldBe(["serve", "solve", "advise", "check", "backup", "restore", "recover"]);
        foreach (var verb in verbs)
        {
            var (code, help, _) = await Run(verb.Split(' ')[0], "--help");
            code.ShouldBe(0);
            var options = Rows(help, "Options:").Concat(Rows(help, "Arguments:")).ToList();
            options.Count.ShouldBeGreaterThan(1);
            options.ShouldAllBe(row => Described().IsMatch(row));
        }
    }

    [Fact]
    public async Task A_version_is_shown_and_words_are_completed()
    {
        (await Run("--version")).Code.ShouldBe(0);
        (await Run("[suggest:17]", "solve --progress ")).Output.Split('\n').ShouldContain("json");
        (await Run("[suggest:4]", "serv")).Output.Trim().ShouldBe("serve");
    }

    [Fact]
    public void Exit_codes_stand_in_the_documents()
    {
        var table = File.ReadAllText(Path.Combine(Root(), "docs", "operations.md")).Split('\n')
            .Select(line => ExitRow().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        table.ShouldBe(Enum.GetValues<ExitCode>().Select(code => code.ToString("D")));
    }

    [Fact]
    public async Task A_terminal_shows_a_bar_for_each_stage_with_value_and_bound()
    {
        await using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        await using (var bars = ProgressBars.On(console))
        {
            bars.Report(new("price", 0.5, 1, 0, 9.7));
            bars.Report(new("improve", 1.25, 0.4, 9.5, 9.7));
            bars.Report(new("copy", 1.5, 0.7));
        }

        writer.ToString().ShouldContain("price    value 0, bound 9.7");
        writer.ToString().ShouldContain("improve  value 9.5, bound 9.7");
        writer.ToString().ShouldContain("40%");
        writer.ToString().ShouldContain("70%");
    }

    private static List<string> Rows(string help, string heading) =>
    [
        .. help.Split('\n').SkipWhile(line => line.TrimEnd() != heading).Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim()),
    ];

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Scheduler.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        await using StringWriter output = new(), error = new();
        var code = await CommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    [GeneratedRegex(@"\S  +\S")]
    private static partial Regex Described();

    [GeneratedRegex(@"^\| (\d+) \| ")]
    private static partial Regex ExitRow();
}
