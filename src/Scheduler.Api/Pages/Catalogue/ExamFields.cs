using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the form of an exam says, in an address or in a form that is sent: the texts by the names of the fields, and what is ticked.</summary>
public sealed record ExamFields(string? Id, bool IsNew, ImmutableDictionary<string, string> Texts, ImmutableArray<string> Pools, ImmutableArray<string> Modes)
{
    private static readonly ImmutableArray<string> _names = ["programme", "name", "minutes", "checkInMinutes", "resetMinutes"];

    /// <summary>The form of a new exam.</summary>
    internal static ExamFields Blank() => new(
        null, true, ImmutableDictionary<string, string>.Empty.Add("minutes", "50").Add("checkInMinutes", "5").Add("resetMinutes", "5"), [], ["lab", "online"]);

    /// <summary>The form of an exam that there is.</summary>
    internal static ExamFields Of(Exam exam) => new(
        exam.Id.Text, false, _names.ToImmutableDictionary(name => name, name => TextOf(exam, name), StringComparer.Ordinal),
        [.. exam.Pools.Select(pool => pool.Text)], [.. exam.Modes.Select(TextForms.Mode.Write)]);

    internal static ExamFields Read(Func<string, StringValues> fields) => new(
        fields("id").FirstOrDefault(), fields(SetupPaths.MakeField).FirstOrDefault() == "on",
        _names.Where(name => fields(name).Count > 0).ToImmutableDictionary(name => name, name => fields(name)[0] ?? "", StringComparer.Ordinal),
        [.. fields("pools").OfType<string>().Distinct()], [.. fields("modes").OfType<string>().Distinct()]);

    /// <summary>The value of a field, as the field has it.</summary>
    internal static string TextOf(Exam exam, string name) => name switch
    {
        "programme" => exam.Programme,
        "name" => exam.Name,
        "minutes" => Number(exam.Minutes),
        "checkInMinutes" => Number(exam.CheckInMinutes),
        "resetMinutes" => Number(exam.ResetMinutes),
        "pools" => string.Join(", ", exam.Pools.Select(pool => pool.Text)),
        _ => string.Join(", ", exam.Modes.Select(TextForms.Mode.Write)),
    };

    /// <summary>The settings that differ; all of them for a new exam.</summary>
    internal static IReadOnlyList<SettingLine> Changed(Exam? before, Exam after, Catalogue catalogue, IStringLocalizer texts)
    {
        string? Said(Exam? exam, string name) => (exam, name) switch
        {
            (null, _) => null,
            (_, "pools") => string.Join(", ", exam.Pools.Select(pool => catalogue.Pools.GetValueOrDefault(pool)?.Value.Name ?? pool.Text)),
            (_, "modes") => string.Join(", ", exam.Modes.Select(mode => texts[$"exam.mode.{TextForms.Mode.Write(mode)}"].Value)),
            _ => TextOf(exam, name),
        };

        return
        [
            .. _names.Append("pools").Append("modes").Select(name => new SettingLine($"exam.{name}", Said(before, name), Said(after, name)))
                .Where(line => line.Before != line.After),
        ];
    }

    /// <summary>The exam, or null with the names of the fields that have to change.</summary>
    internal (Exam? Exam, HashSet<string> Faults) Exam(PageContext page)
    {
        var id = IsNew && Id is not { Length: > 0 } ? SlugText.Of(Text("name")) : Id;
        if (!ExamId.TryParse(id ?? "", out var key) || (IsNew && page.Catalogue.Exams.ContainsKey(key)))
            return (null, ["id"]);
        var members = new JsonObject
        {
            ["programme"] = FormBody.Text(Text("programme")),
            ["name"] = FormBody.Text(Text("name")),
            ["minutes"] = FormBody.Whole(Text("minutes")),
            ["checkInMinutes"] = FormBody.Whole(Text("checkInMinutes")) ?? "",
            ["resetMinutes"] = FormBody.Whole(Text("resetMinutes")) ?? "",
            ["pools"] = new JsonArray([.. Pools.Select(pool => JsonValue.Create(pool))]),
            ["modes"] = new JsonArray([.. Modes.Select(mode => JsonValue.Create(mode))]),
        };
        var (body, faults) = FormBody.Read<ExamBody>(members, (body, list) => body.CheckPools(page.Catalogue, list));
        return (body?.ToExam(key), faults);
    }

    /// <summary>The text of a field; null for none.</summary>
    public string? Text(string name) => Texts.GetValueOrDefault(name);

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
    [
        ("id", Id), (SetupPaths.MakeField, IsNew ? "on" : null), .. _names.Select(name => (name, Text(name))),
        .. Pools.Select(pool => ("pools", (string?)pool)), .. Modes.Select(mode => ("modes", (string?)mode)),
    ];

    /// <summary>The page with the preview.</summary>
    public override string ToString() => SetupPaths.With(SetupPaths.Exam, [.. Fields(), (SetupPaths.ShowField, "1")]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
