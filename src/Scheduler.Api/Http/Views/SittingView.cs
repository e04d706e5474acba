using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The members that a booking and a hold have in common. These members come first in the JSON.</summary>
internal abstract record SittingView
{
    [SetsRequiredMembers]
    protected SittingView(Guid id, Sitting sitting, DateTimeZone zone)
    {
        Id = id;
        Institution = sitting.Institution;
        Exam = sitting.Exam;
        var terms = sitting.Terms == ExamTerms.Unknown ? null : sitting.Terms;
        Programme = terms?.Programme;
        Minutes = terms?.Minutes;
        Pool = sitting.Pool;
        Start = sitting.Start;
        LocalStart = Domain.LocalStart.Shown(zone, sitting.Start);
        Zone = zone;
        End = sitting.End;
        Seats = sitting.Seats;
        SeatProfile = sitting.Profile.Seats;
        Mode = sitting.Mode;
        Accommodations = AccommodationView.Of(sitting.Accommodations);
        Reference = sitting.Reference;
        OverrideReason = sitting.OverrideReason;
        Vouchers = ImmutableArray.CreateRange(sitting.Vouchers, static draw => new VoucherDrawView { Pack = draw.Pack.Value, Vouchers = draw.Vouchers });
    }

    [JsonPropertyOrder(-1)]
    public required Guid Id { get; init; }

    [JsonPropertyOrder(-1)]
    public required InstitutionId Institution { get; init; }

    [JsonPropertyOrder(-1)]
    public required ExamId Exam { get; init; }

    [JsonPropertyOrder(-1)]
    [Description("The programme that the sitting was promised for, whatever the exam becomes; null in records of before programmes were kept.")]
    public required string? Programme { get; init; }

    [JsonPropertyOrder(-1)]
    [Description("The exam's minutes that the sitting was promised for, without extra time; null in records of before minutes were kept.")]
    public required int? Minutes { get; init; }

    [JsonPropertyOrder(-1)]
    public required PoolId Pool { get; init; }

    [JsonPropertyOrder(-1)]
    public required Instant Start { get; init; }

    [JsonPropertyOrder(-1)]
    [Description("The start in the institution's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [JsonPropertyOrder(-1)]
    [Description("The institution's zone.")]
    public required DateTimeZone Zone { get; init; }

    [JsonPropertyOrder(-1)]
    public required Instant End { get; init; }

    [JsonPropertyOrder(-1)]
    public required int Seats { get; init; }

    [JsonPropertyOrder(-1)]
    [Description("Seats per successive slot.")]
    public required ImmutableArray<int> SeatProfile { get; init; }

    [JsonPropertyOrder(-1)]
    public required DeliveryMode Mode { get; init; }

    [JsonPropertyOrder(-1)]
    public required ImmutableArray<AccommodationView> Accommodations { get; init; }

    [JsonPropertyOrder(-1)]
    public required string? Reference { get; init; }

    [JsonPropertyOrder(-1)]
    public required string? OverrideReason { get; init; }

    [JsonPropertyOrder(-1)]
    public required ImmutableArray<VoucherDrawView> Vouchers { get; init; }
}
