using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The days of all pools, from the picture of the season in memory, and the first start that fits a need.</summary>
internal static class SeasonSummaryEndpoints
{
    private static readonly QueryParameter<LocalDate> _from = new(TextForms.Date) { Name = "from", IsRequired = true, Description = "The first date." };

    private static readonly QueryParameter<LocalDate> _to = new(TextForms.Date) { Name = "to", IsRequired = true, Description = "The last date." };

    private static readonly QueryParameter<LocalDate> _firstDay = new(TextForms.Date)
    {
        Name = "from", Description = "The first date at which to look, in the institution's zone; today when left out.",
    };

    public static void MapSeasonSummary(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/availability/season", RouteConventions.Reading, Summary).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Counts the starts with room of all pools by day, from a picture in memory. Of an institution's rules only the dates are checked.")
            .Shows<SeasonSummaryView>().Takes([_from, _to, QueryParameters.Institution, .. NeedParameters.All]).Refuses("unknown_exam", "not_found");
        api.MapMethods("/availability/first", RouteConventions.Reading, First).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Finds the first start of a pool at which a need would be booked.")
            .Shows<FirstStartView>().Takes([QueryParameters.Pool, _firstDay, QueryParameters.Institution, .. NeedParameters.All])
            .Refuses("unknown_pool", "unknown_exam", "not_found");
    }

    private static async ValueTask<IResult> Summary(Query query)
    {
        var values = query.ReadQuery();
        var (from, to) = (values.Required(_from), values.Required(_to));
        if (!values.Faults.Any && (to < from || Period.DaysBetween(from, to) >= Limits.AvailabilityDays))
            values.Faults.Add(_to.Name, $"must not be before from, and the dates must be at most {Limits.AvailabilityDays}");
        var institution = values.Value(QueryParameters.Institution) ?? query.Who.Institution;
        var need = NeedParameters.Read(values, default);
        if (values.Problem() is { } bad)
            return bad;
        if (institution is { } id && !await query.Reaches(id))
            return ApiProblem.NotFound();
        var exam = need is null ? null : query.Catalogue.Exams.GetValueOrDefault(need.Exam)?.Value;
        if (need is not null && exam is null)
            return ApiProblem.Of(new Refusal.UnknownExam(need.Exam.Text), DateTimeZone.Utc);
        var zone = institution is { } whose ? query.Catalogue.Institutions[whose].Value.Zone : DateTimeZone.Utc;
        var profile = exam is null ? default : BlockLength.Profile(ExamTerms.Of(exam), need!.Seats, need.Accommodations);
        var summary = new SeasonSummary(query.Api.Ledger.Picture, query.Catalogue, zone, query.Now);
        var days = Period.DaysBetween(from, to) + 1;
        return new JsonAnswer<SeasonSummaryView>(new()
        {
            Zone = zone,
            Pools =
            [
                .. PoolOrder.Of(query.Catalogue, exam, zone).Select(pool => new PoolDaysView
                {
                    Pool = pool.Id,
                    ServesExam = exam is null || exam.Pools.Contains(pool.Id),
                    Days = [.. summary.Days(pool, from, days, profile).Select(PoolDayView.Of)],
                }),
            ],
        });
    }

    private static async ValueTask<IResult> First(Query query)
    {
        var values = query.ReadQuery();
        var pool = values.Required(QueryParameters.Pool);
        var from = values.Value(_firstDay);
        var institution = values.Value(QueryParameters.Institution) ?? query.Who.Institution;
        if (institution is null && !values.Has(QueryParameters.Institution))
            values.Faults.Add(QueryParameters.Institution.Name, "is required, because the rules of an institution decide whether a need fits");
        if (!NeedParameters.IsAsked(values))
            values.Faults.Add(NeedParameters.Exam.Name, "is required; a need has exam, seats and mode");
        var need = NeedParameters.Read(values, pool);
        if (values.Problem() is { } bad)
            return bad;
        if (!query.Catalogue.Pools.ContainsKey(pool))
            return ApiProblem.Of(new Refusal.UnknownPool(pool.Text), DateTimeZone.Utc);
        if (!query.Catalogue.Exams.ContainsKey(need!.Exam))
            return ApiProblem.Of(new Refusal.UnknownExam(need.Exam.Text), DateTimeZone.Utc);
        if (!await query.Reaches(institution!.Value))
            return ApiProblem.NotFound();
        var school = query.Catalogue.Institutions[institution.Value].Value;
        var today = LeadTime.Day(query.Now, school.Zone);
        var first = from is { } day && day > today ? day : today;
        var start = await FirstStart.Find(query.Api, school, need, first, query.Now, query.Cancellation);
        return new JsonAnswer<FirstStartView>(new()
        {
            Pool = pool, Start = start, LocalStart = start is { } at ? at.InZone(school.Zone).LocalDateTime : null, Zone = school.Zone,
        });
    }
}
