using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The body of an institution's settings. <c>ready</c> is true when all steps of the onboarding are done; <c>onboarding</c> has each step. The two must agree.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record InstitutionBody : ICheckedBody, IEntryBody
{
    [IdOfPath]
    [Description("The same id as in the path. May be left out.")]
    public string? Id { get; init; }

    [Line]
    public required string Name { get; init; }

    public required DateTimeZone Zone { get; init; }

    [NullAsLeftOut]
    [Description("The parent institution, which must exist already.")]
    public InstitutionId? Board { get; init; }

    [Range(0, Limits.Supervision)]
    public required int LabSeats { get; init; }

    [Range(0, Limits.Supervision)]
    public required int Proctors { get; init; }

    [Description("Whether all steps of the onboarding are done.")]
    public required bool Ready { get; init; }

    [NullAsLeftOut]
    public OnboardingBody? Onboarding { get; init; }

    [NullAsLeftOut]
    [Range(0, Limits.ShortNoticeDays)]
    public int? ShortNoticeDays { get; init; }

    [Ignored]
    [Description("The instant that a GET shows. The server ignores this field: DELETE retires, and PUT brings back.")]
    public JsonElement? Retired { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why, for the record. A GET does not show the reason; the audit does.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Onboarding is { } steps && Ready != (steps.ToDomain() == Domain.Onboarding.Complete))
            faults.Add("ready", "must agree with onboarding: true when every step is done, otherwise false");
    }

    /// <summary>Adds a fault for a board that does not exist, and for a board whose own boards lead back to <paramref name="id"/>.</summary>
    public void CheckBoard(InstitutionId id, Catalogue catalogue, FieldFaults faults)
    {
        if (Board is not { } board)
            return;
        if (!catalogue.Institutions.ContainsKey(board))
            faults.Add("board", $"must be an existing institution; there is no institution '{board}'");
        else if (LeadsTo(id, board, catalogue))
            faults.Add("board", $"must not be {id} or an institution below it");
    }

    public Institution ToInstitution(InstitutionId id) => new()
    {
        Id = id,
        Name = Name,
        Zone = Zone,
        Board = Board,
        LabSeats = LabSeats,
        Proctors = Proctors,
        Onboarding = Onboarding?.ToDomain() ?? (Ready ? Domain.Onboarding.Complete : Domain.Onboarding.None),
        ShortNoticeDays = ShortNoticeDays,
    };

    private static bool LeadsTo(InstitutionId id, InstitutionId? board, Catalogue catalogue)
    {
        // The number of institutions bounds the loop, because two boards that were put at the same moment could form a circle.
        for (var steps = 0; board is { } next && steps <= catalogue.Institutions.Count; steps++)
        {
            if (next == id)
                return true;
            board = catalogue.Institutions.TryGetValue(next, out var above) ? above.Value.Board : null;
        }

        return false;
    }
}
