namespace Scheduler.Ledger;

/// <summary>
/// The words of the kinds of subjects. The ledger stores a subject's id without its kind, because the kind of the change gives the kind of the subject: the
/// first word of <c>booking_made</c> is <c>booking</c>. So the kind is known for the changes of a later version too.
/// </summary>
public static class SubjectKinds
{
    private static readonly Dictionary<SubjectKind, string> _words = new()
    {
        [SubjectKind.Booking] = "booking",
        [SubjectKind.Hold] = "hold",
        [SubjectKind.Request] = "request",
        [SubjectKind.Pack] = "pack",
        [SubjectKind.Pool] = "pool",
        [SubjectKind.Exam] = "exam",
        [SubjectKind.Season] = "season",
        [SubjectKind.Institution] = "institution",
        [SubjectKind.Policy] = "policy",
        [SubjectKind.ApiKey] = "api-key",
        [SubjectKind.Plan] = "plan",
        [SubjectKind.Account] = "account",
        [SubjectKind.Invitation] = "invitation",
        [SubjectKind.CookieKey] = "cookie-key",
        [SubjectKind.Import] = "import",
    };

    // First words of kinds of changes that are not the word of their subject's kind.
    private static readonly Dictionary<string, SubjectKind> _others = new(StringComparer.Ordinal)
    {
        ["api"] = SubjectKind.ApiKey,
        ["cookie"] = SubjectKind.CookieKey,
        ["template"] = SubjectKind.Pool,
        ["exception"] = SubjectKind.Pool,
        ["exceptions"] = SubjectKind.Pool,
    };

    private static readonly Dictionary<string, SubjectKind> _kinds = _words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    private static readonly Dictionary<SubjectKind, string> _conditions = _words.ToDictionary(pair => pair.Key, Pattern);

    /// <summary>The words of all kinds, in the order of the kinds.</summary>
    public static IEnumerable<string> All => _words.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    /// <summary>The word of a kind, such as <c>api-key</c>.</summary>
    public static string Word(SubjectKind kind) => _words[kind];

    /// <summary>The kind of a word. Returns false for any other text.</summary>
    public static bool TryParse(string word, out SubjectKind kind) => _kinds.TryGetValue(word, out kind);

    /// <summary>The kind and the id of a change's subject, such as <c>pool/office-ca</c>, by the word of the change's kind as the ledger stores it.</summary>
    internal static string Text(string changeKind, string id)
    {
        var first = First(changeKind);
        return $"{(_others.TryGetValue(first, out var kind) ? _words[kind] : first)}/{id}";
    }

    /// <summary>The condition that a change, whose kind is in <paramref name="column"/>, has a subject of this kind.</summary>
    internal static string Condition(string column, SubjectKind kind) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, _conditions[kind], column);

    private static string First(string changeKind) => changeKind.IndexOf('_', StringComparison.Ordinal) is > 0 and var end ? changeKind[..end] : changeKind;

    private static string Pattern(KeyValuePair<SubjectKind, string> word)
    {
        var firsts = _others.Where(other => other.Value == word.Key).Select(other => other.Key).Append(word.Value);
        return string.Join(" or ", firsts.Select(first => $"{{0}} like '{first}\\_%' escape '\\'"));
    }
}
