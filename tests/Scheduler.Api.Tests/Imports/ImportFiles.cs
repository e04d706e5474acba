using System.Text;
using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>Files for imports, and the body that sends them.</summary>
public static class ImportFiles
{
    /// <summary>The rows that are refused, each with the code of its fault. The rest of the file is good.</summary>
    public static IReadOnlyList<(string Row, string Code)> Bad { get; } =
    [
        ("bad-name,,America/Toronto,60,3,yes,", "needed"),
        ("Bad Id!,School,America/Toronto,60,3,yes,", "id"),
        ("bad-zone,School,America/Toronot,60,3,yes,", "zone"),
        ("bad-seats,School,America/Toronto,sixty,3,yes,", "whole"),
        ("bad-proctors,School,America/Toronto,60,-1,yes,", "whole"),
        ("bad-ready,School,America/Toronto,60,3,maybe,", "yes"),
        ("school-000,Twice,America/Toronto,60,3,yes,", "again"),
        ("bad-board,School,America/Toronto,60,3,yes,nowhere", "boardUnknown"),
        ("bad-formula,=1+1,America/Toronto,60,3,yes,", "formula"),
        ("bad-refused,School,America/Toronto,60,3,yes,bad-zone", "boardRefused"),
        (",School,America/Toronto,60,3,yes,", "needed"),
        ($"bad-long,{new string('x', 201)},America/Toronto,60,3,yes,", "text"),
    ];

    /// <summary>
    /// 300 schools, of which 12 rows are bad: the bad rows stand between the good ones, and the board of all good schools is the last row of the file.
    /// </summary>
    public static string ThreeHundred
    {
        get
        {
            var good = Enumerable.Range(0, 300 - Bad.Count - 1)
                .Select(k => $"school-{k:000},École {k},America/Toronto,{20 + (k % 60)},{k % 5},yes,big-board").ToList();
            for (var k = 0; k < Bad.Count; k++)
                good.Insert(10 + (k * 20), Bad[k].Row);
            return $"id,name,zone,lab seats,proctors,ready,board\n{string.Join('\n', good)}\nbig-board,Big Board,America/Toronto,0,0,no,\n";
        }
    }

    /// <summary>The body of a call with one file.</summary>
    public static JsonObject Body(string text, string kind = "institutions", string mode = "add", string name = "schools.csv", string? zone = null) =>
        Body(Encoding.UTF8.GetBytes(text), kind, mode, name, zone);

    /// <inheritdoc cref="Body(string, string, string, string, string?)"/>
    public static JsonObject Body(byte[] bytes, string kind = "institutions", string mode = "add", string name = "schools.csv", string? zone = null) => new()
    {
        ["kind"] = kind, ["mode"] = mode, ["zone"] = zone,
        ["files"] = new JsonArray(new JsonObject { ["name"] = name, ["content"] = Convert.ToBase64String(bytes) }),
    };
}
