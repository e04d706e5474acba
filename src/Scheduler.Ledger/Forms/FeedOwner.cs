namespace Scheduler.Ledger;

/// <summary>The owner of a calendar's key that an earlier version stored: the key's name had the owner's id in it.</summary>
internal static class FeedOwner
{
    private const string Prefix = "feed of ";

    /// <summary>The owner by the name; null for a key with an owner of its own, and for any other key.</summary>
    public static Guid? OfName(ApiKeyForm form) =>
        form.Role == FormText.Of(Domain.Role.Feed) && form.Name.StartsWith(Prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(form.Name.AsSpan(Prefix.Length), "D", out var owner)
            ? owner
            : null;
}
