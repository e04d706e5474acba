using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The people of the demonstration whom a visitor can be with one click.</summary>
internal static class DemoPeople
{
    /// <summary>All of them, in the order of the page. Most visitors start as the first.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } = [new(Role.Instructor), new(Role.Coordinator), new(Role.Operator)];

    /// <summary>One of them.</summary>
    internal sealed record DemoPerson(Role Role)
    {
        /// <summary>The name in addresses and texts.</summary>
        public string Name => TextForms.Role.Write(Role);
    }
}
