using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads and writes one text form. The source generator needs a type without parameters for each form.</summary>
internal abstract class TextFormConverter<T>(TextForm<T> form) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && form.TryRead(text, out var value, out var remedy) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(form.Write(value));
}

internal sealed class PoolIdConverter() : TextFormConverter<PoolId>(TextForms.Pool);

internal sealed class ExamIdConverter() : TextFormConverter<ExamId>(TextForms.Exam);

internal sealed class InstitutionIdConverter() : TextFormConverter<InstitutionId>(TextForms.Institution);

internal sealed class SeasonIdConverter() : TextFormConverter<SeasonId>(TextForms.Season);

internal sealed class WholeHourConverter() : TextFormConverter<WholeHour>(TextForms.Hour);

internal sealed class MinuteOfDayConverter() : TextFormConverter<MinuteOfDay>(MinuteOfDay.Form);

internal sealed class WeekdayConverter() : TextFormConverter<IsoDayOfWeek>(TextForms.Day);

internal sealed class ModeConverter() : TextFormConverter<DeliveryMode>(TextForms.Mode);

internal sealed class RoleConverter() : TextFormConverter<Role>(TextForms.Role);

internal sealed class LateVouchersConverter() : TextFormConverter<LateVouchers>(TextForms.LateVouchers);

internal sealed class BookingStatusConverter() : TextFormConverter<BookingStatus>(TextForms.BookingStatus);

internal sealed class HoldStatusConverter() : TextFormConverter<HoldStatus>(TextForms.HoldStatus);

internal sealed class RequestStatusConverter() : TextFormConverter<RequestStatus>(TextForms.RequestStatus);

internal sealed class MovableConverter() : TextFormConverter<Movable>(PlanTexts.Movable);

internal sealed class PlanIdConverter() : TextFormConverter<PlanId>(PlanTexts.Id);

internal sealed class PlanStatusConverter() : TextFormConverter<PlanStatus>(PlanTexts.Status);

internal sealed class LocalTimeConverter() : TextFormConverter<LocalDateTime>(TextForms.LocalTime);

internal sealed class InstantConverter() : DelegatingConverterBase<Instant>(NodaConverters.InstantConverter);

internal sealed class DateConverter() : DelegatingConverterBase<LocalDate>(NodaConverters.LocalDateConverter);

internal sealed class ZoneConverter() : DelegatingConverterBase<DateTimeZone>(NodaConverters.CreateDateTimeZoneConverter(DateTimeZoneProviders.Tzdb));

internal sealed class ImportKindConverter() : TextFormConverter<ImportKind>(ImportKinds.Form);

internal sealed class ImportModeConverter() : TextFormConverter<ImportMode>(ImportKinds.Mode);

internal sealed class ImportActionConverter() : TextFormConverter<ImportAction>(ImportKinds.Action);

internal sealed class ImportStatusConverter() : TextFormConverter<Ledger.ImportStatus>(ImportKinds.Status);
