using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>A C# source taken apart: its code, and its string literals with their places.</summary>
internal sealed partial class SourceText
{
    public SourceText(string path, string text)
    {
        Path = path;
        Code = Token().Replace(text, match => Blank(match.Value));
        Literals = [.. Token().Matches(text).Where(match => match.Value[0] is '"' or '$' or '@').Select(match => new Literal(match.Index, Body(match.Value)))];
    }

    /// <summary>Where the source stands, from the root.</summary>
    public string Path { get; }

    /// <summary>The source with blanks in the place of comments and strings. Every character that is left has its old place.</summary>
    public string Code { get; }

    /// <summary>The string literals, in their order.</summary>
    public IReadOnlyList<Literal> Literals { get; }

    public static SourceText Of(string path) => new(path, Repository.Text(path));

    /// <summary>The number of the line that has this character.</summary>
    public int Line(int index) => Code.AsSpan(0, index).Count('\n') + 1;

    /// <summary>The code from the beginning of the statement to this character.</summary>
    public string StatementBefore(int index) => Code[(Code.LastIndexOfAny([';', '{', '}'], Math.Max(0, index - 1)) + 1)..index];

    private static string Blank(string token) => AnyButLineEnd().Replace(token, " ");

    private static string Body(string literal) => literal.TrimStart('$', '@').Trim('"');

    /// <summary>A string literal without its quotes.</summary>
    internal readonly record struct Literal(int Index, string Body);

    // Raw strings first, then verbatim strings, then plain strings (interpolated or not), character literals of a quote or a slash, and both kinds of comment.
    [GeneratedRegex("""
        \$*"{3,}[\s\S]*?"{3,}|(?:\$@|@\$|@)"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:"|\\"|/)'|//[^\n]*|/\*[\s\S]*?\*/
        """)]
    private static partial Regex Token();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex AnyButLineEnd();
}
