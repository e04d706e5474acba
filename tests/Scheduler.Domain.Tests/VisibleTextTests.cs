using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>A text must show something, wherever a text may not be blank.</summary>
public sealed class VisibleTextTests
{
    private static readonly string[] _invisible =
    [
        "", " ", "\t", "\n", "\0", "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e",
        "\u2028", "\u202e", "\u205f", "\u2060", "\u2064", "\u2065", "\u206f", "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff0", "\u0301",
        "\u20dd", "\u0903", "\U00013441", "\U0001d159", "\U000e0020", "\U000e0100", "\U000e0fff",
    ];

    private static readonly string[] _visible = ["a", "0", "-", "é", "北", "ع", "ᐃ", "한", "💥", "𓀀", "\ufffd", "\ue000"];

    [Fact]
    public void Each_invisible_character_alone_is_blank() => _invisible.ShouldAllBe(text => VisibleText.IsBlank(text));

    [Fact]
    public void Each_visible_character_alone_is_not_blank() => _visible.ShouldAllBe(text => !VisibleText.IsBlank(text));

    [Property]
    public Property A_text_is_blank_exactly_when_all_its_characters_are() => Prop.ForAll(
        Gen.Elements(_invisible.Concat(_visible).ToArray()).ListOf().ToArbitrary(),
        parts => VisibleText.IsBlank(string.Concat(parts)) == parts.All(part => _invisible.Contains(part, StringComparer.Ordinal)));

    [Property]
    public bool A_text_that_NET_calls_white_space_is_blank(string? text) => !string.IsNullOrWhiteSpace(text) || VisibleText.IsBlank(text);

    /// <summary>A name must look like what it is. Bug: an invisible character within a name passed, so two names looked alike.</summary>
    [Theory]
    [InlineData("class \u202e01B", true)]
    [InlineData("class\u200e 10", true)]
    [InlineData("class\u200f 10", true)]
    [InlineData("class\u061c 10", true)]
    [InlineData("cla\u200bss", true)]
    [InlineData("cla\u2060ss", true)]
    [InlineData("\ufeffclass", true)]
    [InlineData("cla\u3164ss", true)]
    [InlineData("class 10B", false)]
    [InlineData("co\u00adoperate", false)]
    [InlineData("نمی\u200cخواهم", false)]
    [InlineData("👩\u200d💻 \u2764\ufe0f", false)]
    [InlineData("e\u0301cole", false)]
    public void A_text_hides_nothing_within(string text, bool hides) => VisibleText.Hides(text).ShouldBe(hides);
}
