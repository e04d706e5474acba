namespace Scheduler.Domain;

/// <summary>R18: the sittings of one institution and programme that began at one start, with the seats booked and the candidates who sat.</summary>
/// <param name="Institution">The institution.</param>
/// <param name="Programme">The programme that the bookings were promised under.</param>
/// <param name="StartMinutes">The start, in minutes since 1970 UTC.</param>
/// <param name="Sittings">Bookings.</param>
/// <param name="Seats">Seats of all these bookings.</param>
/// <param name="Reported">Bookings whose school said how many sat.</param>
/// <param name="SeatsReported">Seats of those bookings.</param>
/// <param name="Attended">Candidates who sat, of those bookings.</param>
public sealed record SeatUse(
    InstitutionId Institution, string Programme, int StartMinutes, int Sittings, int Seats, int Reported, int SeatsReported, int Attended);
