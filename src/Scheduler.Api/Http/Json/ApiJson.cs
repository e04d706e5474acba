using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>The JSON of all bodies and answers, source-generated: camelCase, numbers as numbers, texts without needless escapes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(PoolIdConverter), typeof(ExamIdConverter), typeof(InstitutionIdConverter), typeof(SeasonIdConverter), typeof(WholeHourConverter),
        typeof(WeekdayConverter), typeof(MinuteOfDayConverter),
        typeof(ModeConverter), typeof(RoleConverter), typeof(LateVouchersConverter), typeof(BookingStatusConverter),
        typeof(HoldStatusConverter), typeof(RequestStatusConverter), typeof(MovableConverter), typeof(PlanStatusConverter),
        typeof(PlanIdConverter), typeof(ImportKindConverter), typeof(ImportModeConverter), typeof(ImportActionConverter), typeof(ImportStatusConverter),
        typeof(InstantConverter), typeof(DateConverter), typeof(LocalTimeConverter), typeof(ZoneConverter),
    ])]
[JsonSerializable(typeof(ApiKeyBody))]
[JsonSerializable(typeof(AttendanceBody))]
[JsonSerializable(typeof(BookingBody))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(CapacityBody))]
[JsonSerializable(typeof(ExamBody))]
[JsonSerializable(typeof(HoldChangeBody))]
[JsonSerializable(typeof(ImportBody))]
[JsonSerializable(typeof(ImportApplyBody))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(PageView<ImportRowView>))]
[JsonSerializable(typeof(InstitutionBody))]
[JsonSerializable(typeof(HoursBody))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(MergePatch))]
[JsonSerializable(typeof(NoBody))]
[JsonSerializable(typeof(PackBody))]
[JsonSerializable(typeof(PackChangeBody))]
[JsonSerializable(typeof(PersonBody))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(PolicyBody))]
[JsonSerializable(typeof(PoolBody))]
[JsonSerializable(typeof(RaiseBody))]
[JsonSerializable(typeof(RequestBody))]
[JsonSerializable(typeof(RequestChangeBody))]
[JsonSerializable(typeof(RescheduleBody))]
[JsonSerializable(typeof(ResizeBody))]
[JsonSerializable(typeof(SeasonBody))]
[JsonSerializable(typeof(SeriesBody))]
[JsonSerializable(typeof(SeriesView))]
[JsonSerializable(typeof(TemplateBody))]
[JsonSerializable(typeof(UndoRaiseBody))]
[JsonSerializable(typeof(WhatIfBody))]
[JsonSerializable(typeof(AdviceView))]
[JsonSerializable(typeof(ApplicationView))]
[JsonSerializable(typeof(AvailabilityView))]
[JsonSerializable(typeof(CapacityView))]
[JsonSerializable(typeof(CallerView))]
[JsonSerializable(typeof(ComparisonView))]
[JsonSerializable(typeof(CurveView))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(ExceptionSetView))]
[JsonSerializable(typeof(ExceptionsView))]
[JsonSerializable(typeof(PersonRecordView))]
[JsonSerializable(typeof(PlanRecordView))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(SeasonSummaryView))]
[JsonSerializable(typeof(TemplateAdviceView))]
[JsonSerializable(typeof(TemplateSetView))]
[JsonSerializable(typeof(WhatIfView))]
[JsonSerializable(typeof(CapacityEntryView))]
[JsonSerializable(typeof(FirstStartView))]
[JsonSerializable(typeof(PageView<ApiKeyView>))]
[JsonSerializable(typeof(PageView<BookingView>))]
[JsonSerializable(typeof(PageView<ExamView>))]
[JsonSerializable(typeof(PageView<HoldView>))]
[JsonSerializable(typeof(PageView<InstitutionView>))]
[JsonSerializable(typeof(PageView<InvitationView>))]
[JsonSerializable(typeof(PageView<PackView>))]
[JsonSerializable(typeof(PageView<PersonView>))]
[JsonSerializable(typeof(PageView<PlanView>))]
[JsonSerializable(typeof(PageView<PoolView>))]
[JsonSerializable(typeof(PageView<RecordView>))]
[JsonSerializable(typeof(OpeningView))]
[JsonSerializable(typeof(PageView<RequestView>))]
[JsonSerializable(typeof(PageView<SeasonView>))]
[JsonSerializable(typeof(PageView<UseView>))]
[JsonSerializable(typeof(PageView<VoucherBalanceView>))]
[JsonSerializable(typeof(HoldView))]
[JsonSerializable(typeof(CountsEventView))]
[JsonSerializable(typeof(PlanEventView))]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The metadata of a type. The code that reads, writes, checks and describes the type uses this metadata.</summary>
    public static JsonTypeInfo<T> Info<T>() => Cache<T>.Info;

    /// <summary>The same rules, for a value whose type is not known before.</summary>
    public static JsonSerializerOptions Rules => Frozen.Options;

    /// <summary>Puts the same rules into the options of the framework, from which the OpenAPI document is made.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Answers are JSON and are never put into HTML, so they need no escapes for HTML.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        foreach (var converter in Default.Options.Converters)
            options.Converters.Add(converter);
        options.TypeInfoResolverChain.Insert(0, Default);
    }

    // A class of its own, because the static members of the context must exist before these options are made.
    private static class Frozen
    {
        public static readonly JsonSerializerOptions Options = Make();

        private static JsonSerializerOptions Make()
        {
            var options = new JsonSerializerOptions();
            Configure(options);
            options.MakeReadOnly();
            return options;
        }
    }

    private static class Cache<T>
    {
        public static JsonTypeInfo<T> Info { get; } = (JsonTypeInfo<T>)Frozen.Options.GetTypeInfo(typeof(T));
    }
}
