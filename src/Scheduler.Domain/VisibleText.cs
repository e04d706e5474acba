using System.Globalization;
using System.Text;

namespace Scheduler.Domain;

/// <summary>Tells a text that people can see from a blank one.</summary>
public static class VisibleText
{
    /// <summary>
    /// Whether a text shows nothing: the text is empty, or has only white space, control and format characters (such as a zero-width space), marks without a
    /// letter to stand on, and characters whose picture is empty.
    /// </summary>
    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (IsVisible(character))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a text has a character that nobody sees and that makes the text another than it looks: one that changes the direction of the text, a space
    /// without width, or one of the characters of which the picture is empty. The two joiners are no such characters, because several scripts and pictures
    /// are written with them.
    /// </summary>
    public static bool Hides(ReadOnlySpan<char> text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (HasEmptyPicture(character.Value) || (Rune.GetUnicodeCategory(character) == UnicodeCategory.Format && !IsPartOfWriting(character.Value)))
                return true;
        }

        return false;
    }

    /// <summary>Format characters that writing needs: the joiners, the soft hyphen, the number signs of Arabic and Syriac, and the tags of flags.</summary>
    private static bool IsPartOfWriting(int character) =>
        character is 0x200C or 0x200D or 0x00AD or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x08E2 or (>= 0xE0020 and <= 0xE007F);

    private static bool IsVisible(Rune character) => Rune.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => false,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => false,
        _ => !HasEmptyPicture(character.Value),
    };

    /// <summary>Characters that Unicode counts among letters and symbols, or has not assigned yet, but that show nothing.</summary>
    private static bool HasEmptyPicture(int character) => character switch
    {
        // Fillers in place of a missing Korean letter.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 => true,
        // The Braille pattern without dots, the blank Egyptian signs, and the empty note head of music.
        0x2800 or 0x13441 or 0x13442 or 0x1D159 => true,
        // Not assigned yet, and reserved for characters that a program ignores when it does not know them.
        0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => true,
        _ => false,
    };
}
