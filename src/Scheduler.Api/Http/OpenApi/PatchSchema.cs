using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>The schema of a merge patch, made from the schema of the body that the patch changes: every member may be left out, and null removes a
/// member.</summary>
internal static class PatchSchema
{
    public static OpenApiSchema Of(OpenApiSchema body) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A JSON merge patch (RFC 7396). A field that is left out stays. Null removes a field, so that the field gets its default.",
        AdditionalPropertiesAllowed = false,
        Properties = body.Properties!.ToDictionary(member => member.Key, member => member.Key == "version" ? member.Value : Removable(member.Value)),
    };

    private static OpenApiSchema Removable(IOpenApiSchema value) => new() { AnyOf = [value, new OpenApiSchema { Type = JsonSchemaType.Null }] };
}
