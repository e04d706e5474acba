using System.Text.Json.Serialization;

namespace Scheduler.Ledger;

/// <summary>Generated code that writes and reads the storage forms as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotForm))]
[JsonSerializable(typeof(CatalogueForm))]
[JsonSerializable(typeof(OperatorActForm))]
[JsonSerializable(typeof(PlanScopeForm))]
[JsonSerializable(typeof(PlanResultForm))]
[JsonSerializable(typeof(PlanEntryForm[]))]
[JsonSerializable(typeof(PlanBlockForm[]))]
[JsonSerializable(typeof(AccountForm))]
[JsonSerializable(typeof(InvitationForm))]
[JsonSerializable(typeof(ImportForm))]
[JsonSerializable(typeof(PlanReasonForm))]
internal sealed partial class FormsJson : JsonSerializerContext;
