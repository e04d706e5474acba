using System.Globalization;
using System.Text;

namespace Scheduler.Ledger;

/// <summary>Converts a set of numbers of a plan's entries to a text and back, such as <c>0-7 9</c>.</summary>
public static class EntryNumbers
{
    /// <summary>The text of a set.</summary>
    public static string Write(IEnumerable<int> numbers)
    {
        var text = new StringBuilder();
        int? first = null, last = null;
        void End()
        {
            if (first is null)
                return;
            text.Append(text.Length == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }

        foreach (var number in numbers.Order())
        {
            if (number != last + 1)
            {
                End();
                first = number;
            }

            last = number;
        }

        End();
        return text.ToString();
    }

    /// <summary>The set of a text.</summary>
    public static HashSet<int> Read(string text)
    {
        var numbers = new HashSet<int>();
        foreach (var range in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            var first = RowText.Number(ends[0]);
            numbers.UnionWith(Enumerable.Range(first, RowText.Number(ends[^1]) - first + 1));
        }

        return numbers;
    }
}
