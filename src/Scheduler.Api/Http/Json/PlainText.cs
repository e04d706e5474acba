using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The rule for texts that people read.</summary>
internal static class PlainText
{
    /// <summary>
    /// Whether a text is not blank and hides nothing (<see cref="VisibleText"/>), is not too long, and has no control characters. Line breaks and tabs are
    /// allowed when <paramref name="hasLines"/> is true.
    /// </summary>
    public static bool IsGood(string text, int maxLength, bool hasLines, out string remedy)
    {
        remedy = $"must be 1 to {maxLength} characters, with at least one visible character, without control characters and invisible characters";
        if (text.Length > maxLength || VisibleText.IsBlank(text) || VisibleText.Hides(text))
            return false;
        foreach (var c in text)
        {
            var isBreak = c is '\n' or '\r' or '\t';
            var isOdd = char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF';
            if (isOdd && !(hasLines && isBreak))
                return false;
        }

        return true;
    }
}
