namespace Scheduler.Ledger;

/// <summary>Statements about private rows that are the same for both databases, and the words of their kinds.</summary>
internal static class PrivateStatements
{
    public const string Put =
        """
        insert into private_rows (kind, id, version, body) values ($1, $2, $3, $4)
        on conflict (kind, id) do update set version = excluded.version, body = excluded.body
        """;

    /// <summary>The values of <see cref="Put"/>.</summary>
    public static object[] Values(PrivateRow row) => [Word(row.Kind), row.Id, row.Version, row.Body];

    /// <summary>The word of a kind. The ledger stores the words: add words, but never rename or remove one.</summary>
    public static string Word(PrivateKind kind) => kind switch
    {
        PrivateKind.Account => "account",
        PrivateKind.Email => "email",
        PrivateKind.Invitation => "invitation",
        PrivateKind.CookieKey => "cookie-key",
        PrivateKind.UnknownSignIn => "unknown-sign-in",
        PrivateKind.OpeningSeed => "opening-seed",
        PrivateKind.Import => "import",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
