using System.Globalization;
using System.Text;

namespace Scheduler.Solver;

/// <summary>The reader's position in the document: field names and array positions. They become text only for a fault.</summary>
internal sealed class JsonPlace
{
    private readonly string?[] _names = new string?[16];
    private readonly int[] _positions = new int[16];
    private int _depth;

    public void Push()
    {
        _names[_depth] = null;
        _positions[_depth++] = -1;
    }

    public void Pop() => _depth--;

    public void Field(string name) => _names[_depth - 1] = name;

    public void Position(int position) => _positions[_depth - 1] = position;

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var level = 0; level < _depth; level++)
        {
            if (_names[level] is { } name)
                text.Append(text.Length > 0 ? "." : "").Append(name);
            else if (_positions[level] >= 0)
                text.Append('[').Append(_positions[level].ToString(CultureInfo.InvariantCulture)).Append(']');
        }
        return text.ToString();
    }
}
