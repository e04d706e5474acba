using Microsoft.OpenApi;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The subject of a change as a text: its kind and its id, such as <c>pool/office-ca</c>.</summary>
internal static class SubjectForm
{
    public static TextForm<ChangeSubject> Text { get; } = new(TryRead, subject => subject.ToString())
    {
        Describe = schema =>
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, $"^({string.Join('|', SubjectKinds.All)})/[a-z0-9][a-z0-9_-]{{0,63}}$");
            schema.Examples = ["pool/office-ca"];
        },
    };

    private static bool TryRead(string text, out ChangeSubject value, out string remedy)
    {
        remedy = $"must be kind/id, such as pool/office-ca; the kinds are {string.Join(", ", SubjectKinds.All)}";
        value = default;
        var end = text.IndexOf('/', StringComparison.Ordinal);
        if (end < 0 || !SubjectKinds.TryParse(text[..end], out var kind) || !Slug.IsValid(text[(end + 1)..]))
            return false;
        value = new(kind, text[(end + 1)..]);
        return true;
    }
}
