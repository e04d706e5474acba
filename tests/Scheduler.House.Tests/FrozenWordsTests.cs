using System.Reflection;
using System.Text.RegularExpressions;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>
/// Words that are kept or sent: refusal codes; enums, kinds of change and types in the ledger or between silos; the aliases of grains, methods and messages.
/// FrozenWords.txt may only grow. A new word is added with <c>SCHEDULER_FREEZE=1</c> in the commit that brings the word. A word that is gone from the code
/// breaks ledgers, other silos or clients.
/// </summary>
public sealed partial class FrozenWordsTests
{
    private const string File = "tests/Scheduler.House.Tests/FrozenWords.txt";

    private static readonly Type[] _keptEnums =
    [
        typeof(BookingStatus), typeof(OperatorActKind), typeof(HoldStatus), typeof(RequestStatus), typeof(DeliveryMode), typeof(Role), typeof(Onboarding),
        typeof(LateVouchers), typeof(PlanStatus), typeof(PlanFileKind), typeof(SlotAsker), typeof(Grains.OfferStatus),
    ];

    // Closed lists whose cases are named in JSON between silos.
    private static readonly Type[] _closedLists = [typeof(CatalogueEntry), typeof(Refusal), typeof(Snapshot)];

    [Fact]
    public void Frozen_words_only_grow()
    {
        var code = Words().ToHashSet();
        var lines = Repository.Text(File).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var frozen = lines.Where(line => line[0] != '#').ToHashSet();
        if (Environment.GetEnvironmentVariable("SCHEDULER_FREEZE") == "1")
        {
            System.IO.File.AppendAllLines(Path.Combine(Repository.Root, File), code.Except(frozen).Order(StringComparer.Ordinal));
            frozen.UnionWith(code);
        }

        frozen.Except(code).ShouldBeNone("Gone or renamed, although ledgers, other silos or clients know these words:");
        code.Except(frozen).ShouldBeNone($"New words: run these tests once with SCHEDULER_FREEZE=1 and commit {File}. The file lacks:");
    }

    [Fact]
    public void Every_refusal_code_is_snake_case()
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

        // Kinds that the ledger has. Unknown is never written.
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unknown))
            yield return $"kind {ChangeKinds.Text(kind)}";

        foreach (var root in _closedLists)
        {
            foreach (var type in root.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(root)))
                yield return $"case {root.Name}.{type.Name}";
        }

        // Silos of two versions know grains, methods and messages by their aliases. The alias of a generic message ends with the number of its type parameters.
        foreach (var type in typeof(Grains.CommandResult<>).Assembly.GetTypes().Where(type => type.Namespace == "Scheduler.Grains"))
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
