using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The figures of one school in a plan.</summary>
/// <param name="Institution">The school.</param>
/// <param name="Requested">Candidates of its requests in the scope.</param>
/// <param name="Servable">Those of them that could be served at all.</param>
/// <param name="ServedBefore">Those that sit somewhere today.</param>
/// <param name="Served">Those that sit somewhere when the plan is applied.</param>
/// <param name="Moves">Its bookings that the plan moves.</param>
public sealed record SchoolFigures(InstitutionId Institution, int Requested, int Servable, int ServedBefore, int Served, int Moves);
