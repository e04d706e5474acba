using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Adds to each schema what the framework cannot know: text forms, the attributes of body fields, and which fields may be null.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        Form(schema, type);
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true && context.JsonTypeInfo.ElementType is { } element && TextForms.ByType.ContainsKey(element))
            schema.Items = Form(new(), element);
        if (context.JsonPropertyInfo is { } property)
            Describe(schema, property);
        if (type == typeof(PolicyBody))
            DescribeDefaults(schema);
        var place = context.JsonTypeInfo.Properties.FirstOrDefault(member => member.Has<InPlaceOfAttribute>());
        if (place is { } local && !local.Find<InPlaceOfAttribute>()!.IsOptional)
            schema.OneOf = [Requires(local.Find<InPlaceOfAttribute>()!.Instant), Requires(local.Name)];
        return Task.CompletedTask;
    }

    private static OpenApiSchema Requires(string field) => new() { Required = new HashSet<string>(StringComparer.Ordinal) { field } };

    private static OpenApiSchema Form(OpenApiSchema schema, Type type)
    {
        if (TextForms.ByType.TryGetValue(type, out var form))
        {
            // The summary of the C# type is for developers, so it is removed.
            schema.Description = null;
            form.Describe(schema);
        }

        return schema;
    }

    private static void Describe(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (property.Has<IdOfPathAttribute>())
            TextForms.Pool.Describe(schema);
        if (property.Find<PlainTextAttribute>() is { } text)
            (schema.MinLength, schema.MaxLength) = (1, text.MaxLength);
        if (property.Find<OneOfAttribute>() is { } choice)
            TextForms.OneOf(schema, choice.Values);
        if (property.Has<ShareAttribute>())
            (schema.ExclusiveMinimum, schema.Maximum) = ("0", "1");
        if (property.Find<IgnoredAttribute>() is { } ignored)
            DescribeIgnored(schema, ignored);
        if (property.Name == "fairShare" && property.DeclaringType == typeof(SeasonBody))
            schema.Default = JsonValue.Create(Season.DefaultFairShare);
        if (property.Find<DescriptionAttribute>() is { } description)
            schema.Description = description.Description;
        DescribeNull(schema, property);
    }

    private static void DescribeIgnored(OpenApiSchema schema, IgnoredAttribute ignored)
    {
        if (ignored.IsInstant)
            TextForms.Instant.Describe(schema);
        else
            schema.Type = JsonSchemaType.String;
    }

    /// <summary>Null is allowed for members of answers that are always present, and for fields of bodies where null counts as left out.</summary>
    private static void DescribeNull(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (schema.Type is null)
            return;
        var isBody = property.DeclaringType.Name.EndsWith("Body", StringComparison.Ordinal);
        var mayBeNull = isBody ? property.Has<NullAsLeftOutAttribute>() : property.IsRequired && property.IsGetNullable;
        schema.Type = mayBeNull ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
        if (mayBeNull && schema.Enum is { Count: > 0 } words)
            words.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>A rate that is left out of a policy gets the default of the domain.</summary>
    private static void DescribeDefaults(OpenApiSchema schema)
    {
        var policy = JsonSerializer.SerializeToNode(PolicyView.Of(Policy.Default, 0), ApiJson.Info<PolicyView>())!.AsObject();
        policy.Remove("version");
        foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (policy[name] is { } rate)
                ((OpenApiSchema)member).Default = rate.DeepClone();
        }
    }
}
