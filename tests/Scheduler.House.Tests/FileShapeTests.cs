using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>Files and lines stay short, and a type is found by its file's name. An exception is named here with its reason.</summary>
public sealed partial class FileShapeTests
{
    private const int LongestFile = 250;
    private const int ShortType = 15;

    // A file of src that is longer, with the reason.
    private static readonly Dictionary<string, string> _longFiles = [];

    [Fact]
    public void No_line_is_longer_than_editorconfig_says()
    {
        var longest = int.Parse(LineLimit().Match(Repository.Text(".editorconfig")).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        longest.ShouldBe(160);
        new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .SelectMany(path => Repository.Text(path).Split('\n').Select((line, index) => (Path: path, Number: index + 1, line.TrimEnd('\r').Length)))
            .Where(line => line.Length > longest)
            .Select(line => $"{line.Path}:{line.Number}: {line.Length} characters").ShouldBeNone($"Lines of more than {longest} characters:");
    }

    [Fact]
    public void No_file_of_src_is_longer_than_250_lines()
    {
        var files = Repository.Sources().Select(path => (Path: path, Lines: Repository.Text(path).Count(c => c == '\n')));
        var tooLong = files.Where(file => file.Lines > LongestFile).ToList();
        tooLong.Where(file => !_longFiles.ContainsKey(file.Path)).Select(file => $"{file.Path}: {file.Lines}")
            .ShouldBeNone($"A file does one thing, in {LongestFile} lines at most:");
        _longFiles.Keys.Except(tooLong.Select(file => file.Path)).ShouldBeNone("Exceptions that are not needed any more:");
    }

    [Fact]
    public void A_type_of_src_is_found_by_the_name_of_its_file()
    {
        var sources = Repository.Sources().Select(SourceText.Of).ToList();
        var types = sources.SelectMany(TopLevelType.Of).ToList();
        types.Count.ShouldBeGreaterThan(200);
        types.Where(type => !IsFoundByName(type) && !IsSmallPartOf(type, sources))
            .Select(type => $"{type.Path}: {type.Name}, {type.Lines} lines").ShouldBeNone("Types in a file of another name:");
    }

    [Theory]
    [InlineData("Booking.cs", "public sealed record Booking(int Seats);", true)]
    [InlineData("Booking.cs", "public enum BookingStatus\n{\n    Confirmed,\n}", true)]
    [InlineData("Booking.cs", "public enum DeliveryMode\n{\n    Lab,\n}", false)]
    [InlineData("Snapshot.cs", "public sealed record BookingSnapshot(Booking Booking) : Snapshot;", true)]
    [InlineData("Snapshot.cs", "public sealed record TemplateSnapshot(int Seats) : CapacitySnapshot(Seats);", true)]
    [InlineData("Snapshot.cs", "public sealed record BookingSnapshot(Booking Booking);", false)]
    [InlineData("Ids.cs", "public readonly record struct PoolId\n{\n}", true)]
    [InlineData("Ids.cs", "internal static class Slug\n{\n}", false)]
    [InlineData("Policies.cs", "internal sealed record ReachPolicy;", true)]
    [InlineData("Feed.Reading.cs", "internal sealed partial class Feed\n{\n}", true)]
    public void The_rule_about_names_of_files_tells_these_apart(string file, string code, bool isFound) =>
        IsFoundByName(TopLevelType.Of(new(file, code)).Single()).ShouldBe(isFound);

    [Fact]
    public void The_length_of_a_type_is_counted_to_its_end()
    {
        var source = new SourceText("Three.cs", """
            namespace X;

            public sealed record One(
                int First,
                int Second);

            public sealed class Two
            {
                private sealed class Inner
                {
                }
            }

            enum Three { A }

            """);
        TopLevelType.Of(source).Select(type => (type.Name, type.Lines)).ShouldBe([("One", 3), ("Two", 6), ("Three", 1)]);
    }

    /// <summary>
    /// A reader who looks for a type finds its file: the file has the type's name; or the type is short and its name begins with the file's name (BookingStatus
    /// in Booking.cs); or the type is a case of the closed list that the file is named after (BookingSnapshot in Snapshot.cs); or the file is named after the
    /// family (PoolId in Ids.cs).
    /// </summary>
    private static bool IsFoundByName(TopLevelType type) =>
        type.Name == type.FileName
        || (type.Lines <= ShortType && type.Name.StartsWith(type.FileName, StringComparison.Ordinal))
        || (type.Name.EndsWith(type.FileName, StringComparison.Ordinal) && Regex.IsMatch(type.Head, $@":\s*\w*{type.FileName}\b"))
        || IsFamily(type);

    private static bool IsFamily(TopLevelType type)
    {
        var last = LastWord().Match(type.FileName).Value;
        return (last.EndsWith("ies", StringComparison.Ordinal) && type.Name.EndsWith(last[..^3] + "y", StringComparison.Ordinal))
            || (last.EndsWith('s') && type.Name.EndsWith(last[..^1], StringComparison.Ordinal));
    }

    /// <summary>A short type that no other file names, such as the closed list of what one class answers, stands beside its only user.</summary>
    private static bool IsSmallPartOf(TopLevelType type, IReadOnlyList<SourceText> sources) =>
        type.Lines <= ShortType && !sources.Any(source => source.Path != type.Path && Regex.IsMatch(source.Code, $@"\b{type.Name}\b"));

    [GeneratedRegex(@"^max_line_length = (\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex LineLimit();

    [GeneratedRegex(@"[A-Z][a-z0-9]*$")]
    private static partial Regex LastWord();
}
