using System.Globalization;

namespace Scheduler.Ledger;

/// <summary>The differences between the queries of the two databases.</summary>
internal sealed record Dialect(bool IsPostgres)
{
    /// <summary>
    /// The column that gives the order of changes. Clocks do not decide the order: on SQLite it is the sequence; with several committers it is a position that
    /// never falls, even when clocks do.
    /// </summary>
    public string Position(string table) => IsPostgres ? $"{table}.position" : $"{table}.sequence";

    /// <summary>A condition that a column's value is in a set. An overload of <see cref="Set(IEnumerable{int})"/> makes the value of its parameter.</summary>
    public string In(string column, string parameter) =>
        IsPostgres ? $"{column} = any(@{parameter})" : $"{column} in (select value from json_each(@{parameter}))";

    /// <summary>The texts of a column in all rows, with a space between.</summary>
    public string Join(string column) => IsPostgres ? $"string_agg({column}, ' ')" : $"group_concat({column}, ' ')";

    /// <summary>A text in a column of JSON, which is compared byte by byte.</summary>
    public string Member(string column, string name) =>
        IsPostgres ? $"(({column})::json ->> '{name}') collate \"C\"" : $"json_extract({column}, '$.{name}')";

    public object Set(IEnumerable<int> values) =>
        IsPostgres ? values.ToArray() : $"[{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]";

    // Slugs and UUIDs need no escape in JSON.
    public object Set(IEnumerable<string> values) => IsPostgres ? values.ToArray() : $"[{string.Join(',', values.Select(value => $"\"{value}\""))}]";
}
