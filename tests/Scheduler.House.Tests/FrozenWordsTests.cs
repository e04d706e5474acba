using System.Reflection;
using System.Text.RegularExpressions;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// Words that are outside by now, in ledgers, on the wire and in clients: FrozenWords.txt may only grow. A word missing there is added with
/// <c>SCHEDULER_FREEZE=1</c> in the commit that brings it; a word missing in the code is a break of promise.
/// </summary>
public sealed partial class FrozenWordsTests
{
    private const string File = "tests/Scheduler.House.Tests/FrozenWords.txt";

    private static readonly Type[] _keptEnums =
        [typeof(BookingStatus), typeof(HoldStatus), typeof(RequestStatus), typeof(DeliveryMode), typeof(Role), typeof(Onboarding), typeof(LateVouchers)];

    [Fact]
    public void Frozen_words_only_grow()
    {
        var code = Words().ToHashSet();
        var frozen = Repository.Text(File).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#').ToHashSet();
        if (Environment.GetEnvironmentVariable("SCHEDULER_FREEZE") == "1")
        {
            System.IO.File.AppendAllLines(Path.Combine(Repository.Root, File), code.Except(frozen).Order(StringComparer.Ordinal));
            frozen.UnionWith(code);
        }

        frozen.Except(code).ShouldBeNone("Gone or renamed, though ledgers, other silos or clients know them:");
        code.Except(frozen).ShouldBeNone($"New: run the house tests once with SCHEDULER_FREEZE=1 and commit {File}. Missing there:");
    }

    [Fact]
    public void Every_refusal_code_is_snake_case_and_has_one_kind_of_refusal()
    {
        var codes = Codes("src/Scheduler.Domain/Refusal.cs").ToList();
        codes.Count.ShouldBeGreaterThan(20);
        codes.ShouldBeUnique();
        codes.Where(code => !Snake().IsMatch(code)).ShouldBeNone("Not snake_case:");
        codes.Count.ShouldBe(typeof(Refusal).GetNestedTypes().Count(type => type.IsSubclassOf(typeof(Refusal))));
    }

    [Fact]
    public void Every_refusal_code_is_documented_once_there_is_a_document()
    {
        if (!Repository.Exists("docs/http-api.md"))
            return;
        var text = Repository.Text("docs/http-api.md");
        Words().Where(word => word.StartsWith("code ", StringComparison.Ordinal)).Select(word => word[5..])
            .Where(code => !text.Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeNone("docs/http-api.md says nothing of:");
    }

    private static IEnumerable<string> Words()
    {
        foreach (var code in Codes("src/Scheduler.Domain/Refusal.cs"))
            yield return $"code {code}";
        foreach (var type in _keptEnums)
        {
            foreach (var value in Enum.GetValues(type))
                yield return $"enum {type.Name}.{value} = {Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)}";
        }

        // Aliases are what grains and messages are called between silos of two versions.
        foreach (var type in typeof(Grains.Answer).Assembly.GetTypes().Where(type => type.Namespace == "Scheduler.Grains"))
        {
            if (Alias(type) is not { } alias)
                continue;
            yield return $"alias {alias}";
            foreach (var method in type.GetMethods().Where(_ => type.IsInterface))
            {
                if (Alias(method) is { } name)
                    yield return $"alias {alias}/{name}";
            }

            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (Argument(member, "Orleans.IdAttribute") is { } id && member is PropertyInfo or FieldInfo && !member.Name.StartsWith('<'))
                    yield return $"id {alias} {id} = {member.Name}";
            }
        }
    }

    private static string? Alias(MemberInfo member) => Argument(member, "Orleans.AliasAttribute")?.ToString();

    private static object? Argument(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName == attribute)?.ConstructorArguments[0].Value;

    private static IEnumerable<string> Codes(string path) => Code().Matches(Repository.Text(path)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@": Refusal\(""([^""]+)""\)")]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Snake();
}
