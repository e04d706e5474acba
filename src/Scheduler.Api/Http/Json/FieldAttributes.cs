using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Null counts as left out. On every other optional field, null is a fault.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NullAsLeftOutAttribute : Attribute;

/// <summary>A text for people.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class PlainTextAttribute(int maxLength, bool hasLines) : Attribute
{
    public int MaxLength => maxLength;

    public bool HasLines => hasLines;
}

/// <summary>One line of text for people.</summary>
internal sealed class LineAttribute() : PlainTextAttribute(Limits.TextCharacters, hasLines: false);

/// <summary>A written reason, which may have several lines.</summary>
internal sealed class ReasonAttribute() : PlainTextAttribute(Limits.ReasonCharacters, hasLines: true);

/// <summary>A decimal above 0 and at most 1, with at most nine decimals.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShareAttribute : Attribute;

/// <summary>The id of the path, which a body may repeat.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdOfPathAttribute : Attribute;

/// <summary>Groups of candidates that together have no more candidates than the body's <c>seats</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinSeatsAttribute : Attribute;

/// <summary>
/// A local start that a body may have in place of an instant. The body must have one of the two fields, and not both.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InPlaceOfAttribute(string instant, bool isOptional = false) : Attribute
{
    /// <summary>Whether the body may leave out both fields.</summary>
    public bool IsOptional => isOptional;

    /// <summary>The name of the field with the instant.</summary>
    public string Instant => instant;
}

/// <summary>A text that a GET shows and that a body may repeat. The server ignores the value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IgnoredAttribute(bool isInstant = true) : Attribute
{
    /// <summary>Whether the text is an instant.</summary>
    public bool IsInstant => isInstant;
}

/// <summary>A text of an answer that is one of a few words.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(params string[] values) : Attribute
{
    public string[] Values => values;
}

/// <summary>A body whose fields may all be left out, so that the whole body may be left out too.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BodyMayBeLeftOutAttribute : Attribute;

/// <summary>The bytes of a file as base64 text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FileBytesAttribute : Attribute;

/// <summary>A body that may be larger than the bodies of most calls.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MaxBytesAttribute(int bytes) : Attribute
{
    public int Bytes => bytes;
}
