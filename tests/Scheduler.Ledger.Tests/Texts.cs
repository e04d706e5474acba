using System.Collections;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A value with all its members as text: records that hold arrays have no equality by value.</summary>
public static class Texts
{
    public static string Of(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case string or DateTimeZone or SeatProfile:
                return value.ToString()!;
            case IEnumerable many:
                return $"[{string.Join(", ", many.Cast<object?>().Select(Of))}]";
        }

        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || type.Namespace == "NodaTime" || value is decimal or Guid or PoolId or ExamId or InstitutionId or SeasonId)
            return Convert.ToString(value, CultureInfo.InvariantCulture)!;
        var members = type.GetProperties().Where(property => property.GetIndexParameters().Length == 0 && !property.GetMethod!.IsStatic);
        return $"{type.Name} {{ {string.Join(", ", members.Select(property => $"{property.Name} = {Of(property.GetValue(value))}"))} }}";
    }
}
