namespace Scheduler.Api;

/// <summary>A query parameter that a route declares. The declaration is used to read and check the parameter and to make its schema.</summary>
internal abstract class QueryParameter
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The default of the parameter, for the OpenAPI document; null when there is no default.</summary>
    public int? Default { get; init; }

    public abstract TextForm Form { get; }
}

/// <summary>A query parameter with the type of its value.</summary>
internal sealed class QueryParameter<T>(TextForm<T> form) : QueryParameter
{
    public override TextForm Form => form;

    public TextForm<T> Typed => form;
}
