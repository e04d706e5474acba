using System.Collections.Immutable;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A <see cref="PutCommand"/> on the wire: the entry as its kind and the JSON that stands in the ledger.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.put")]
public struct PutSurrogate
{
    /// <summary>Who.</summary>
    [Id(0)] public Caller Caller;

    /// <summary>Kind of the entry.</summary>
    [Id(1)] public string Kind;

    /// <summary>The entry as JSON.</summary>
    [Id(2)] public string Body;
}

/// <summary>Converts commands that put an entry.</summary>
[RegisterConverter]
public sealed class PutConverter : IConverter<PutCommand, PutSurrogate>
{
    /// <inheritdoc />
    public PutCommand ConvertFromSurrogate(in PutSurrogate surrogate) => new(surrogate.Caller, CatalogueText.Entry(surrogate.Kind, surrogate.Body));

    /// <inheritdoc />
    public PutSurrogate ConvertToSurrogate(in PutCommand value) =>
        new() { Caller = value.Caller, Kind = CatalogueText.Key(value.Entry).Kind, Body = CatalogueText.Body(value.Entry) };
}

/// <summary>A row of a weekly template on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.weekly-row")]
public struct WeeklyRowSurrogate
{
    /// <summary>Weekdays, 1 for Monday to 7 for Sunday.</summary>
    [Id(0)] public int[] Days;

    /// <summary>Local hour of the first slot's start.</summary>
    [Id(1)] public int FromHour;

    /// <summary>Local hour where the last slot ends, 1–24.</summary>
    [Id(2)] public int ToHour;

    /// <summary>Seats.</summary>
    [Id(3)] public int Seats;
}

/// <summary>A weekly template on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.weekly-template")]
public struct WeeklyTemplateSurrogate
{
    /// <summary>First local date.</summary>
    [Id(0)] public LocalDate From;

    /// <summary>Last local date, included.</summary>
    [Id(1)] public LocalDate To;

    /// <summary>Rows.</summary>
    [Id(2)] public WeeklyRowSurrogate[] Rows;
}

/// <summary>Converts weekly templates.</summary>
[RegisterConverter]
public sealed class WeeklyTemplateConverter : IConverter<WeeklyTemplate, WeeklyTemplateSurrogate>
{
    /// <inheritdoc />
    public WeeklyTemplate ConvertFromSurrogate(in WeeklyTemplateSurrogate surrogate) => new(
        surrogate.From,
        surrogate.To,
        [.. surrogate.Rows.Select(row => new WeeklyRow([.. row.Days.Select(day => (IsoDayOfWeek)day)], new(row.FromHour, 0), row.ToHour, row.Seats))]);

    /// <inheritdoc />
    public WeeklyTemplateSurrogate ConvertToSurrogate(in WeeklyTemplate value) => new()
    {
        From = value.From,
        To = value.To,
        Rows = [.. value.Rows.Select(row => new WeeklyRowSurrogate { Days = [.. row.Days.Select(day => (int)day)], FromHour = row.From.Hour, ToHour = row.ToHour, Seats = row.Seats })],
    };
}
