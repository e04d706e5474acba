using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The rule for texts that people read.</summary>
internal static class PlainText
{
    /// <summary>
    /// Whether a text is not blank (<see cref="VisibleText"/>), is not too long, and has no control characters and no characters that change the direction of
    /// the text around them. Line
    /// breaks and tabs are allowed when <paramref name="hasLines"/> is true.
    /// </summary>
    public static bool IsGood(string text, int maxLength, bool hasLines, out string remedy)
    {
        remedy = $"must be 1 to {maxLength} characters, with at least one visible character, without control characters";
        if (text.Length > maxLength || VisibleText.IsBlank(text))
            return false;
        foreach (var c in text)
        {
            var isBreak = c is '\n' or '\r' or '\t';
            var turnsDirection = c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            var isOdd = char.IsControl(c) || turnsDirection || c is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' or '\uFEFF';
            if (isOdd && !(hasLines && isBreak))
                return false;
        }

        return true;
    }
}
