namespace Scheduler.Domain;

/// <summary>E-mail addresses as names of accounts.</summary>
public static class EmailAddress
{
    /// <summary>Longest address, in characters (RFC 5321).</summary>
    public const int MaxLength = 254;

    /// <summary>The form by which an address is found: two addresses that differ only in the case of letters are one.</summary>
    public static string Key(string address) => address.Trim().ToLowerInvariant();

    /// <summary>Whether the text can be an address. Only a message that arrives shows that it is one.</summary>
    public static bool IsPossible(string text)
    {
        var address = text.Trim();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return address.Length <= MaxLength && at > 0 && at < address.Length - 1 && at == address.LastIndexOf('@')
            && !address.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or ',' or ';' or '"');
    }
}
