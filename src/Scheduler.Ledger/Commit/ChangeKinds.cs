namespace Scheduler.Ledger;

/// <summary>Converts kinds of changes to their words and back.</summary>
public static class ChangeKinds
{
    private static readonly Dictionary<ChangeKind, string> _texts = Enum.GetValues<ChangeKind>().ToDictionary(kind => kind, Snake);
    private static readonly Dictionary<string, ChangeKind> _kinds = _texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The word, such as <c>booking_made</c>.</summary>
    public static string Text(ChangeKind kind) => _texts[kind];

    /// <summary>The kind of a word; <see cref="ChangeKind.Unknown"/> for a word of a later version.</summary>
    public static ChangeKind Parse(string text) => _kinds.GetValueOrDefault(text);

    private static string Snake(ChangeKind kind) =>
        string.Concat(kind.ToString().Select((letter, index) =>
            char.IsUpper(letter) && index > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
