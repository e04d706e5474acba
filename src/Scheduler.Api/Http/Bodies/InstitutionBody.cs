using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of an institution's settings. <c>ready</c> is all steps of the onboarding at once; <c>onboarding</c> names them one by one, and the two must agree.</summary>
internal static class InstitutionBody
{
    public static Institution Parse(Fields fields, InstitutionId id, Catalogue catalogue)
    {
        fields.SameId(id.Text);
        fields.Ignore("version");
        var ready = fields.Flag("ready");
        return new()
        {
            Id = id,
            Name = fields.Line("name"),
            Zone = fields.Zone("zone"),
            Board = Board(fields, id, catalogue),
            LabSeats = fields.Whole("labSeats", 0, Limits.Supervision),
            Proctors = fields.Whole("proctors", 0, Limits.Supervision),
            Onboarding = Steps(fields, ready),
            ShortNoticeDays = fields.WholeOr("shortNoticeDays", Absent.MayBeNull, 0, Limits.ShortNoticeDays),
        };
    }

    private static InstitutionId? Board(Fields fields, InstitutionId id, Catalogue catalogue)
    {
        if (!fields.Has("board"))
        {
            fields.Ignore("board");
            return null;
        }

        var board = fields.Text("board", (string text, out InstitutionId value, out string remedy) =>
        {
            if (!Words.TryInstitution(text, out value, out remedy))
                return false;
            remedy = $"must be an institution that is there; '{text}' is not";
            return catalogue.Institutions.ContainsKey(value);
        });
        if (!fields.Faults.Any && LeadsTo(id, board, catalogue))
            fields.Fault("board", $"must not lead back to {id}");
        return board;
    }

    private static bool LeadsTo(InstitutionId id, InstitutionId? board, Catalogue catalogue)
    {
        // Bounded by the number of institutions: two boards put at the same moment could already stand in a circle.
        for (var steps = 0; board is { } next && steps <= catalogue.Institutions.Count; steps++)
        {
            if (next == id)
                return true;
            board = catalogue.Institutions.TryGetValue(next, out var above) ? above.Value.Board : null;
        }

        return false;
    }

    private static Onboarding Steps(Fields fields, bool ready)
    {
        if (fields.Object("onboarding", Absent.MayBeNull) is not { } given)
            return ready ? Onboarding.Complete : Onboarding.None;
        var steps = Step("agreement", Onboarding.Agreement) | Step("purchase", Onboarding.Purchase) | Step("itLab", Onboarding.ItLab) | Step("itOnline", Onboarding.ItOnline);
        given.RefuseUnknown();
        if (!fields.Faults.Any && ready != (steps == Onboarding.Complete))
            fields.Fault("ready", "must say the same as onboarding: true when every step is done");
        return steps;

        Onboarding Step(string name, Onboarding step) => given.FlagOr(name, Absent.MayBeLeftOut) ?? false ? step : Onboarding.None;
    }
}
