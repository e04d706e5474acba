using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Says names and values of fields of a record in words.</summary>
internal sealed class AuditValues(PageContext page, PageTime time, IStringLocalizer<AuditTexts> texts)
{
    /// <summary>The name of a field by its place, such as "Nightly plan · Days"; places of a list count from 1.</summary>
    public string Name(string path) => string.Join(" · ", path.Split('.').Select(Part));

    /// <summary>A value in words; null for no value.</summary>
    public string? Text(string path, JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => string.Join(", ", list.Select(one => Text(path, one))),
        JsonValue plain => Text(path, plain),
        _ => value.ToJsonString(ApiJson.Rules),
    };

    private string? Text(string path, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => texts["value.yes"],
        JsonValueKind.False => texts["value.no"],
        JsonValueKind.Number => PlanNumber.Decimal((double)value.GetValue<decimal>()),
        JsonValueKind.String => Phrase(path[(path.LastIndexOf('.') + 1)..], value.GetValue<string>()),
        _ => null,
    };

    private string Phrase(string field, string text)
    {
        if (TextForms.Instant.TryRead(text, out var at, out _))
            return time.Moment(at);
        if (TextForms.Date.TryRead(text, out var date, out _))
            return time.Date(date);
        switch (field)
        {
            case "pool" or "pools" when PoolId.TryParse(text, out var pool):
                return PlanScopeText.PoolName(pool, page.Catalogue);
            case "exam" when ExamId.TryParse(text, out var exam):
                return PlanScopeText.ExamName(exam, page.Catalogue);
            case "institution" or "board" when InstitutionId.TryParse(text, out var school):
                return PlanScopeText.SchoolName(school, page.Catalogue);
            case "days" when TextForms.Day.TryRead(text, out var day, out _):
                return time.Day(day);
            case "status" or "mode" or "modes" or "movable" or "kind" or "lateCancelVouchers" or "what"
                when texts[$"word.{text}"] is { ResourceNotFound: false } word:
                return word;
            default:
                return text;
        }
    }

    private string Part(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? PageText.Number(place + 1)
        : texts[$"field.{name}"] is { ResourceNotFound: false } word ? word
        : name;
}
