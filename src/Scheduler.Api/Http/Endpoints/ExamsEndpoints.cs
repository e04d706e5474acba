using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Exams.</summary>
internal static class ExamsEndpoints
{
    public static void MapExams(this IEndpointRouteBuilder api)
    {
        api.MapRead("/exams", List).RequireAuthorization(Policies.SignedIn).WithSummary("Lists the exams.").Lists<ExamView>();
        api.MapRead("/exams/{id}", Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows an exam.").Shows<ExamView>();
        api.MapPut("/exams/{id}", Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces an exam.").Shows<ExamView>().Refuses();
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(query, query.Catalogue.Exams.Values, static exam => exam.Value.Id.Text, static exam => ExamView.Of(exam.Value, exam.Version));

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return ExamId.TryParse(id, out var key) && query.Catalogue.Exams.TryGetValue(key, out var exam)
            ? query.Show(ExamView.Of(exam.Value, exam.Version), exam.Version)
            : ApiProblem.NotFound();
    }

    private static ValueTask<IResult> Put(string id, Command<ExamBody> command)
    {
        var isId = ExamId.TryParse(id, out var exam);
        return CataloguePuts.Run(
            command,
            isId,
            command.Catalogue.Exams.ContainsKey(exam),
            body => body.ToExam(exam),
            ExamView.Of,
            (body, faults) => body.CheckPools(command.Catalogue, faults));
    }
}
