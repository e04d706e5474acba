using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>A wish that was refused for seats.</summary>
/// <param name="Institution">The institution.</param>
/// <param name="Wish">What it asked for.</param>
/// <param name="At">When it was refused.</param>
internal sealed record RefusedWish(Institution Institution, BookingWish Wish, Instant At);
