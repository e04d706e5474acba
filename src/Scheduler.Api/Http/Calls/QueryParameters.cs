using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The query parameters of a route, as metadata of its endpoint. A call with any other parameter is refused, and the answer names the parameter.
/// </summary>
internal sealed class QueryParameters(params QueryParameter[] all)
{
    public static QueryParameters None { get; } = new();

    public static QueryParameter<PoolId> Pool { get; } = new(TextForms.Pool) { Name = "pool", IsRequired = true };

    public static QueryParameter<InstitutionId> Institution { get; } = new(TextForms.Institution)
    {
        Name = "institution",
        Description = "The institution whose lead time counts; by default the caller's own institution.",
    };

    /// <summary>The start of a range, for routes that require a range.</summary>
    public static QueryParameter<Instant> From { get; } = new(TextForms.Instant) { Name = "from", IsRequired = true };

    /// <summary>The end of a range, for routes that require a range.</summary>
    public static QueryParameter<Instant> To { get; } = new(TextForms.Instant) { Name = "to", IsRequired = true, Description = "Not included." };

    /// <summary>The start of a range, for lists that can be filtered.</summary>
    public static QueryParameter<Instant> Since { get; } = new(TextForms.Instant) { Name = "from" };

    /// <summary>The end of a range, for lists that can be filtered.</summary>
    public static QueryParameter<Instant> Until { get; } = new(TextForms.Instant) { Name = "to", Description = "Not included." };

    public static QueryParameter<BookingStatus> Status { get; } = new(TextForms.BookingStatus) { Name = "status" };

    public static QueryParameter<bool> Force { get; } = new(TextForms.Flag)
    {
        Name = "force",
        Description = "Lowers the capacity even below the seats booked and held, and records the shortfall.",
    };

    public static QueryParameter<bool> DryRun { get; } = new(TextForms.Flag)
    {
        Name = "dryRun",
        Description = "When true, nothing is changed and no idempotency key is kept. The answer shows what the change would do, and whom it touches.",
    };

    public static QueryParameter<bool> Retired { get; } = new(TextForms.Flag)
    {
        Name = "retired", Description = "When false, only what is offered; when true, only what is retired.",
    };

    public static QueryParameter<string> Reason { get; } = new(TextForms.Reason) { Name = "reason" };

    public static QueryParameter<ChangeSubject> Subject { get; } = new(SubjectForm.Text)
    {
        Name = "subject",
        Description = "The kind and the id of the changed subject.",
    };

    public static QueryParameter<int> Limit { get; } = new(TextForms.PageSize) { Name = "limit", Default = Limits.DefaultPageSize };

    /// <summary>The most points of a capacity curve.</summary>
    public static QueryParameter<int> Points { get; } = new(TextForms.Whole(2, Limits.CurvePoints)) { Name = "points", Default = 12 };

    /// <summary>The share of the seats asked for that an advised template would have met.</summary>
    public static QueryParameter<int> Percent { get; } = new(TextForms.Whole(1, 100))
    {
        Name = "percent", Default = 95, Description = "The share of the seats asked for in each hour that the template would have met.",
    };

    public static QueryParameter<string> Cursor { get; } = new(TextForms.AnyText) { Name = "cursor", Description = "The value of next in the page before." };

    public static QueryParameter<ImportAction> RowAction { get; } = new(ImportKinds.Action) { Name = "action", Description = "Only rows that would do this." };

    public static QueryParameter<string> After { get; } = new(TextForms.AnyText)
    {
        Name = "after",
        Description = "The id of the last notice that the receiver has; the list begins after it. Not together with cursor.",
    };

    public IReadOnlyList<QueryParameter> All { get; } = all;

    /// <summary>Whether the route declares a parameter of this name.</summary>
    public bool Contains(string name)
    {
        foreach (var parameter in All)
        {
            if (parameter.Name == name)
                return true;
        }

        return false;
    }
}
