using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the form of a school says, in an address or in a form that is sent: the texts by the names of the fields.</summary>
public sealed record InstitutionFields(string? Id, bool IsNew, ImmutableDictionary<string, string> Texts)
{
    /// <summary>The steps of the onboarding that have a field, by the name of the field.</summary>
    internal static readonly ImmutableArray<(string Name, Onboarding Step)> Steps =
    [
        ("agreement", Onboarding.Agreement), ("purchase", Onboarding.Purchase), ("itLab", Onboarding.ItLab), ("itOnline", Onboarding.ItOnline),
    ];

    private static readonly ImmutableArray<string> _settings = ["name", "zone", "board", "labSeats", "proctors", "shortNoticeDays"];

    private static readonly ImmutableArray<string> _names = [.. _settings, .. Steps.Select(step => step.Name)];

    /// <summary>The form of a new school.</summary>
    internal static InstitutionFields Blank(string zone) => new(
        null, true, ImmutableDictionary<string, string>.Empty.Add("zone", zone).Add("labSeats", "0").Add("proctors", "0"));

    /// <summary>The form of a school that there is.</summary>
    internal static InstitutionFields Of(Institution school) =>
        new(school.Id.Text, false, _names.ToImmutableDictionary(name => name, name => TextOf(school, name), StringComparer.Ordinal));

    internal static InstitutionFields Read(Func<string, string?> fields) => new(
        fields("id"), fields(SetupPaths.MakeField) == "on",
        _names.Where(name => fields(name) is not null).ToImmutableDictionary(name => name, name => fields(name)!, StringComparer.Ordinal));

    /// <summary>The value of a field, as the field has it.</summary>
    internal static string TextOf(Institution school, string name) => name switch
    {
        "name" => school.Name,
        "zone" => school.Zone.Id,
        "board" => school.Board?.Text ?? "",
        "labSeats" => Number(school.LabSeats),
        "proctors" => Number(school.Proctors),
        "shortNoticeDays" => school.ShortNoticeDays is { } days ? Number(days) : "",
        _ => school.Onboarding.HasFlag(Steps.First(step => step.Name == name).Step) ? "true" : "false",
    };

    /// <summary>The settings that differ; all that have a value for a new school.</summary>
    internal static IReadOnlyList<SettingLine> Changed(Institution? before, Institution after, IStringLocalizer texts) =>
    [
        .. _names.Select(name => new SettingLine($"school.{name}", before is null ? null : Said(before, name, texts), Said(after, name, texts)))
            .Where(line => line.Before != line.After),
    ];

    /// <summary>The school, or null with the names of the fields that have to change.</summary>
    internal (Institution? School, HashSet<string> Faults) School(PageContext page)
    {
        var id = IsNew && Id is not { Length: > 0 } ? SlugText.Of(Text("name")) : Id;
        if (!InstitutionId.TryParse(id ?? "", out var key) || (IsNew && page.Catalogue.Institutions.ContainsKey(key)))
            return (null, ["id"]);
        var steps = Steps.ToDictionary(step => step.Name, step => Text(step.Name) == "true");
        var members = new JsonObject
        {
            ["name"] = FormBody.Text(Text("name")),
            ["zone"] = FormBody.Text(Text("zone")),
            ["board"] = FormBody.Text(Text("board")),
            ["labSeats"] = FormBody.Whole(Text("labSeats")),
            ["proctors"] = FormBody.Whole(Text("proctors")),
            ["shortNoticeDays"] = FormBody.Whole(Text("shortNoticeDays")),
            ["ready"] = steps.Values.All(isDone => isDone),
            ["onboarding"] = new JsonObject(steps.Select(step => KeyValuePair.Create<string, JsonNode?>(step.Key, step.Value))),
        };
        var (body, faults) = FormBody.Read<InstitutionBody>(members, (body, list) => body.CheckBoard(key, page.Catalogue, list));
        return (body?.ToInstitution(key), faults);
    }

    /// <summary>The text of a field; null for none.</summary>
    public string? Text(string name) => Texts.GetValueOrDefault(name);

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        [("id", Id), (SetupPaths.MakeField, IsNew ? "on" : null), .. _names.Select(name => (name, Text(name)))];

    /// <summary>The page with the preview.</summary>
    public override string ToString() => SetupPaths.With(SetupPaths.Institution, [.. Fields(), (SetupPaths.ShowField, "1")]);

    private static string? Said(Institution school, string name, IStringLocalizer texts) => TextOf(school, name) switch
    {
        "" => null,
        var text when Steps.Any(step => step.Name == name) => texts[$"school.step.{text}"],
        var text => text,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
