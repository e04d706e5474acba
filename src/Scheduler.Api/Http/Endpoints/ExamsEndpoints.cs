using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Exams.</summary>
internal static class ExamsEndpoints
{
    private static readonly CatalogueKind<ExamBody, Exam, ExamView> _kind = new()
    {
        IsId = static id => ExamId.TryParse(id, out _),
        Find = static (catalogue, id) =>
            ExamId.TryParse(id, out var exam) && catalogue.Exams.TryGetValue(exam, out var known) ? (known.Value, known.Version) : default,
        Entry = static (body, id) => body.ToExam(ExamId.Of(id)),
        View = ExamView.Of,
        Check = static (body, _, call, faults) => body.CheckPools(call.Catalogue, faults),
    };

    public static void MapExams(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/exams", RouteConventions.Reading, List)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Lists the exams.").Lists<ExamView>(QueryParameters.Retired);
        api.MapMethods("/exams/{id}", RouteConventions.Reading, Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows an exam.").Shows<ExamView>();
        api.MapPut("/exams/{id}", _kind.Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces an exam.")
            .Shows<ExamView>().Tries().Refuses();
        api.MapPatch("/exams/{id}", _kind.Patch).RequireAuthorization(Policies.Operators).WithSummary("Changes fields of an exam.").Patches<ExamBody>()
            .Shows<ExamView>().Tries();
        api.MapDelete("/exams/{id}", _kind.Retire).RequireAuthorization(Policies.Operators).WithSummary("Retires an exam: shown, and no longer offered.")
            .Produces(StatusCodes.Status204NoContent).Takes(QueryParameters.DryRun, QueryParameters.Reason).Refuses("in_use");
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(query, query.Catalogue.Exams.Values, static exam => exam.Value.Id.Text, static exam => ExamView.Of(exam.Value, exam.Version),
            static exam => exam.Value.Retired is not null);

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return ExamId.TryParse(id, out var key) && query.Catalogue.Exams.TryGetValue(key, out var exam)
            ? query.Show(ExamView.Of(exam.Value, exam.Version), exam.Version)
            : ApiProblem.NotFound();
    }
}
