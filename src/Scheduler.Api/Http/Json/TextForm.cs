using System.Diagnostics.CodeAnalysis;
using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>A kind of value that JSON and query parameters carry as text, such as an instant or a pool's id.</summary>
internal abstract class TextForm
{
    /// <summary>The type of the value.</summary>
    public abstract Type Type { get; }

    /// <summary>Adds the form to a schema of the OpenAPI document.</summary>
    public required Action<OpenApiSchema> Describe { get; init; }

    /// <summary>Whether a text has this form. Otherwise <paramref name="remedy"/> says what the text must be.</summary>
    public abstract bool Accepts(string text, [NotNullWhen(false)] out string? remedy);
}

/// <summary>A form with its reader and its writer.</summary>
internal sealed class TextForm<T>(TextForm<T>.Reader read, Func<T, string> write) : TextForm
{
    /// <summary>Reads a text. Returns false when the text has another form; <paramref name="remedy"/> then says what the text must be.</summary>
    public delegate bool Reader(string text, out T value, out string remedy);

    public override Type Type => typeof(T);

    public bool TryRead(string text, out T value, out string remedy) => read(text, out value, out remedy);

    public string Write(T value) => write(value);

    public override bool Accepts(string text, [NotNullWhen(false)] out string? remedy)
    {
        var isGood = read(text, out _, out var need);
        remedy = isGood ? null : need;
        return isGood;
    }
}
