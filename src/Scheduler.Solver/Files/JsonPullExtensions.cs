using System.Text;
using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>Reads arrays and words with a <see cref="JsonPull"/>.</summary>
internal static class JsonPullExtensions
{
    /// <summary>One of the words of an enum, which are its names in camel case.</summary>
    public static T OneOf<T>(this ref JsonPull pull)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (pull.IsText(Encoding.UTF8.GetBytes(Word(value))))
                return value;
        }
        throw pull.Fault($"one of {string.Join(", ", Enum.GetValues<T>().Select(value => $"\"{Word(value)}\""))} expected");
    }

    /// <summary>Reads every element of an array into a list.</summary>
    public static void ReadArray<T>(this ref JsonPull pull, List<T> list, int limit, ElementReader<T> read)
    {
        pull.StartArray();
        while (pull.NextElement(list.Count, limit))
            list.Add(read(ref pull));
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
