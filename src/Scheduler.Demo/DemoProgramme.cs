using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>A programme of the demonstration: its weight when schools choose programmes, its image, and its exams.</summary>
internal sealed record DemoProgramme(string Name, double Popularity, string Image, ImmutableArray<Exam> Exams);
