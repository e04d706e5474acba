using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The operator's things as HTTP shows them. A policy's members are those that a PUT takes, so that what is got can be put as it is.</summary>
public static class CatalogueView
{
    private static readonly string[] _days = ["", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The members of any entry, with its version where a PUT does not have to take it back.</summary>
    public static void Write(Utf8JsonWriter writer, CatalogueEntry entry, int version)
    {
        switch (entry)
        {
            case Pool pool:
                writer.WriteString("id", pool.Id.Text);
                writer.WriteString("name", pool.Name);
                writer.WriteString("zone", pool.Zone.Id);
                writer.WriteString("image", pool.Image);
                break;
            case Exam exam:
                Write(writer, exam);
                break;
            case SeasonEntry season:
                Write(writer, season.Season);
                break;
            case InstitutionEntry institution:
                Write(writer, institution.Institution);
                break;
            case PolicyEntry policy:
                Write(writer, policy.Policy);
                return;
            case ApiKey key:
                writer.WriteString("id", key.Id.Value);
                writer.WriteString("role", Text(key.Role));
                writer.WriteString("institution", key.Institution?.Text);
                writer.WriteString("name", key.Name);
                writer.Write("createdAt", key.CreatedAt);
                break;
            case CapacityEntry capacity:
                Write(writer, capacity);
                break;
        }

        writer.WriteNumber("version", version);
    }

    /// <summary>The word for a role.</summary>
    public static string Text(Role role) => role switch
    {
        Role.Operator => "operator",
        Role.Coordinator => "coordinator",
        Role.Instructor => "instructor",
        _ => "viewer",
    };

    /// <summary>The word for a weekday: mon … sun.</summary>
    public static string Text(IsoDayOfWeek day) => _days[(int)day];

    internal static void Write(Utf8JsonWriter writer, WeeklyRow row)
    {
        writer.Write("days", row.Days.Select(Text));
        writer.WriteString("fromTime", $"{row.From.Hour:00}:00");
        writer.WriteString("toTime", $"{row.ToHour:00}:00");
        writer.WriteNumber("seats", row.Seats);
    }

    private static void Write(Utf8JsonWriter writer, Exam exam)
    {
        writer.WriteString("id", exam.Id.Text);
        writer.WriteString("programme", exam.Programme);
        writer.WriteString("name", exam.Name);
        writer.WriteNumber("minutes", exam.Minutes);
        writer.WriteNumber("checkInMinutes", exam.CheckInMinutes);
        writer.WriteNumber("resetMinutes", exam.ResetMinutes);
        writer.Write("pools", exam.Pools.Select(pool => pool.Text));
        writer.Write("modes", exam.Modes.Select(JsonText.Text));
    }

    private static void Write(Utf8JsonWriter writer, Season season)
    {
        writer.WriteString("id", season.Id.Text);
        writer.WriteString("name", season.Name);
        writer.Write("from", season.From);
        writer.Write("to", season.To);
        writer.WriteNumber("leadTimeDays", season.LeadTimeDays);
        writer.WriteNumber("fairShare", season.FairShare);
        if (season.CollectUntil is { } until)
            writer.Write("collectUntil", until);
        else
            writer.WriteNull("collectUntil");
    }

    private static void Write(Utf8JsonWriter writer, Institution institution)
    {
        writer.WriteString("id", institution.Id.Text);
        writer.WriteString("name", institution.Name);
        writer.WriteString("zone", institution.Zone.Id);
        writer.WriteString("board", institution.Board?.Text);
        writer.WriteNumber("labSeats", institution.LabSeats);
        writer.WriteNumber("proctors", institution.Proctors);
        writer.WriteBoolean("ready", institution.Onboarding == Onboarding.Complete);
        writer.WriteStartObject("onboarding");
        writer.WriteBoolean("agreement", institution.Onboarding.HasFlag(Onboarding.Agreement));
        writer.WriteBoolean("purchase", institution.Onboarding.HasFlag(Onboarding.Purchase));
        writer.WriteBoolean("itLab", institution.Onboarding.HasFlag(Onboarding.ItLab));
        writer.WriteBoolean("itOnline", institution.Onboarding.HasFlag(Onboarding.ItOnline));
        writer.WriteEndObject();
        writer.WriteOrNull("shortNoticeDays", institution.ShortNoticeDays);
    }

    private static void Write(Utf8JsonWriter writer, Policy policy)
    {
        writer.WriteNumber("leadTimeDays", policy.LeadTimeDays);
        writer.WriteNumber("horizonDays", policy.HorizonDays);
        writer.WriteNumber("holdMinutes", policy.HoldMinutes);
        writer.WriteNumber("maxHolds", policy.MaxHolds);
        writer.WriteNumber("maxHeldSeats", policy.MaxHeldSeats);
        writer.WriteNumber("cancelCutoffDays", policy.CancelCutoffDays);
        writer.WriteString("lateCancelVouchers", policy.LateCancelVouchers == LateVouchers.Forfeit ? "forfeit" : "return");
        writer.WriteNumber("fairShareLiftDays", policy.FairShareLiftDays);
        writer.WriteNumber("candidatesPerProctor", policy.CandidatesPerProctor);
        writer.WriteNumber("overseenSessions", policy.OverseenSessions);
    }

    private static void Write(Utf8JsonWriter writer, CapacityEntry capacity)
    {
        writer.WriteString("pool", capacity.Pool.Text);
        writer.WriteStartArray("templates");
        foreach (var template in capacity.Capacity.Templates)
        {
            writer.WriteStartObject();
            writer.Write("from", template.From);
            writer.Write("to", template.To);
            writer.WriteStartArray("weekly");
            foreach (var row in template.Rows)
            {
                writer.WriteStartObject();
                Write(writer, row);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("exceptions");
        foreach (var exception in capacity.Capacity.Exceptions)
        {
            writer.WriteStartObject();
            writer.Write("from", exception.From);
            writer.Write("to", exception.To);
            writer.WriteNumber("seats", exception.Seats);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
