using System.Collections.Immutable;
using Microsoft.OpenApi;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Kinds of changes that one word names: one kind, or all kinds of one group.</summary>
/// <param name="Word">The word.</param>
/// <param name="All">The kinds.</param>
public readonly record struct AuditKinds(string Word, ImmutableArray<ChangeKind> All)
{
    /// <summary>The groups, each with its kinds. A group is named by the first word of its kinds.</summary>
    public static ImmutableArray<AuditKinds> Groups { get; } =
    [
        .. Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unknown)
            .GroupBy(kind => FirstWord(ChangeKinds.Text(kind))).Select(group => new AuditKinds(group.Key, [.. group])),
    ];

    /// <summary>The text form, in a query.</summary>
    internal static TextForm<AuditKinds> Form { get; } = new(TryRead, kinds => kinds.Word)
    {
        Describe = schema =>
        {
            TextForms.OneOf(schema, [.. Groups.SelectMany(group => group.All.Select(ChangeKinds.Text).Prepend(group.Word))]);
            schema.Type = JsonSchemaType.String;
        },
    };

    private static bool TryRead(string text, out AuditKinds value, out string remedy)
    {
        remedy = "must be what a change did, such as booking_made, or the first word of such changes, such as booking";
        value = Groups.FirstOrDefault(group => group.Word == text);
        if (value.Word is null && ChangeKinds.Parse(text) is not ChangeKind.Unknown and var kind)
            value = new(text, [kind]);
        return value.Word is not null;
    }

    /// <summary>Exceptions to a template, one or several, are one group.</summary>
    private static string FirstWord(string kind) => kind[..kind.IndexOf('_', StringComparison.Ordinal)] switch
    {
        "exceptions" => "exception",
        var word => word,
    };
}
