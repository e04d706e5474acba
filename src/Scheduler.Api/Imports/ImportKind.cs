namespace Scheduler.Api;

/// <summary>What the files of an import hold.</summary>
internal enum ImportKind
{
    /// <summary>Institutions, and the boards that they belong to.</summary>
    Institutions,

    /// <summary>Boards: institutions that others belong to. A board needs no lab, no proctors and no onboarding.</summary>
    Boards,
}
