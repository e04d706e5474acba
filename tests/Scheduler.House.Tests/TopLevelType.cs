using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>A type that is declared at the outermost level of a source file.</summary>
/// <param name="Path">The file, from the root.</param>
/// <param name="Name">The type's name, without type parameters.</param>
/// <param name="Lines">Lines of the declaration, from its first keyword to its end.</param>
/// <param name="Head">The declaration up to its body: name, parameters and base types.</param>
internal sealed partial record TopLevelType(string Path, string Name, int Lines, string Head)
{
    /// <summary>The name of the file, up to its first dot: a partial type may stand in <c>Name.Topic.cs</c>.</summary>
    public string FileName => System.IO.Path.GetFileName(Path).Split('.')[0];

    /// <summary>The outermost types of a file. A declaration at the beginning of a line is one; a nested type is indented.</summary>
    public static IEnumerable<TopLevelType> Of(SourceText source)
    {
        foreach (Match match in Declaration().Matches(source.Code))
        {
            var declaration = source.Code[match.Index..];
            var end = End().Match(declaration);
            var whole = end.Success ? declaration[..(end.Index + end.Length)] : declaration;
            var body = whole.IndexOf("\n{", StringComparison.Ordinal);
            yield return new(source.Path, match.Groups["name"].Value, whole.TrimEnd().Count(c => c == '\n') + 1, body < 0 ? whole : whole[..body]);
        }
    }

    [GeneratedRegex(
        """
        ^(?:(?:public|internal|file|sealed|abstract|static|partial|readonly|unsafe|ref)\s+)*
        (?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)
        """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    // A body ends with a brace at the beginning of a line; a type without a body ends with a semicolon at the end of a line.
    [GeneratedRegex(@"^\}[^\n]*$|\A[^{]*?;[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex End();
}
