using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// What the form of the policy says, in an address or in a form that is sent: the texts by the names of the fields. A field that is not named keeps its value.
/// </summary>
public sealed record PolicyFields(ImmutableDictionary<string, string> Texts)
{
    /// <summary>The field of what becomes of the vouchers of a late cancellation.</summary>
    public const string Vouchers = "lateCancelVouchers";

    /// <summary>The field of the time of the nightly plan; empty for none.</summary>
    public const string Nightly = "nightlyPlan";

    /// <summary>The field that says whether the nightly plan is applied at once.</summary>
    public const string NightlyApply = "nightlyApply";

    private static readonly ImmutableArray<string> _names = [.. PolicySetting.All.Select(setting => setting.Name), Vouchers, Nightly, NightlyApply];

    /// <summary>The form of a policy that there is.</summary>
    internal static PolicyFields Of(Policy policy) => new(_names.ToImmutableDictionary(name => name, name => TextOf(policy, name), StringComparer.Ordinal));

    internal static PolicyFields Read(Func<string, string?> fields) =>
        new(_names.Where(name => fields(name) is not null).ToImmutableDictionary(name => name, name => fields(name)!, StringComparer.Ordinal));

    /// <summary>The value of a field of the policy, as the field has it.</summary>
    internal static string TextOf(Policy policy, string name) => name switch
    {
        Vouchers => TextForms.LateVouchers.Write(policy.LateCancelVouchers),
        Nightly => policy.NightlyPlan is { } plan ? string.Create(CultureInfo.InvariantCulture, $"{plan.At.Hour:00}:{plan.At.Minute:00}") : "",
        NightlyApply => policy.NightlyPlan?.IsApplied == true ? "true" : "false",
        _ => PolicySetting.All.First(setting => setting.Name == name).Of(policy).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The value of a field as people read it; null for an empty one.</summary>
    internal static string? Said(Policy policy, string name, IStringLocalizer texts) => name switch
    {
        Vouchers => texts[$"policy.vouchers.{TextOf(policy, name)}"],
        NightlyApply => texts[$"policy.apply.{TextOf(policy, name)}"],
        Nightly => TextOf(policy, name) is { Length: > 0 } at ? at : null,
        _ => PageText.Number(PolicySetting.All.First(setting => setting.Name == name).Of(policy)),
    };

    /// <summary>The settings that differ.</summary>
    internal static IReadOnlyList<SettingLine> Changed(Policy before, Policy after, IStringLocalizer texts) =>
    [
        .. _names.Where(name => TextOf(before, name) != TextOf(after, name))
            .Select(name => new SettingLine($"policy.{name}", Said(before, name, texts), Said(after, name, texts))),
    ];

    /// <summary>The policy, or null with the names of the fields that have to change.</summary>
    internal (Policy? Policy, HashSet<string> Faults) Policy(PageContext page)
    {
        var (present, version) = (page.Catalogue.Policy.Value, page.Catalogue.Policy.Version);
        var members = JsonSerializer.SerializeToNode(PolicyView.Of(present, version), ApiJson.Info<PolicyView>())!.AsObject();
        members.Remove("version");
        foreach (var setting in PolicySetting.All.Where(setting => Texts.ContainsKey(setting.Name)))
            members[setting.Name] = FormBody.Whole(Texts[setting.Name]) ?? "";
        if (Texts.TryGetValue(Vouchers, out var vouchers))
            members[Vouchers] = vouchers;
        if (Texts.TryGetValue(Nightly, out var at))
            members[Nightly] = FormBody.Text(at) is null ? null : Plan(members[Nightly] as JsonObject, at, page);
        if (Texts.TryGetValue(NightlyApply, out var apply) && members[Nightly] is JsonObject plan)
            plan["apply"] = apply == "true";
        var (body, faults) = FormBody.Read<PolicyBody>(members, (body, list) => body.CheckSeasons(page.Catalogue, page.Now, list));
        return (body?.ToPolicy(), faults);
    }

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        _names.Where(Texts.ContainsKey).Select(name => (name, (string?)Texts[name]));

    /// <summary>The page with the preview.</summary>
    public override string ToString() => SetupPaths.With(SetupPaths.Policy, [.. Fields(), (SetupPaths.ShowField, "1")]);

    /// <summary>The nightly plan at another time; a new one in the zone of the reader.</summary>
    private static JsonObject Plan(JsonObject? known, string at, PageContext page)
    {
        var plan = known?.DeepClone().AsObject() ?? new JsonObject { ["zone"] = page.Zone.Id };
        plan["at"] = at.Trim();
        return plan;
    }
}
