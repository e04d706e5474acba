using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Addresses of the pages and forms about plans.</summary>
internal static class PlanPaths
{
    /// <summary>The list of plans.</summary>
    public const string All = "/plans";

    /// <summary>The form that starts a plan.</summary>
    public const string Start = "/plans/start";

    /// <summary>What other capacities would do.</summary>
    public const string WhatIf = "/plans/what-if";

    /// <summary>The form that makes tried seats the capacity.</summary>
    public const string Keep = "/plans/what-if/keep";

    /// <summary>Machine hours against unserved candidates.</summary>
    public const string Curve = "/plans/curve";

    /// <summary>The page of a plan.</summary>
    public static string Of(PlanId plan) => $"{All}/{plan}";

    /// <summary>All moves of a plan.</summary>
    public static string Moves(PlanId plan) => $"{All}/{plan}/moves";

    /// <summary>All schools of a plan.</summary>
    public static string Schools(PlanId plan) => $"{All}/{plan}/schools";

    /// <summary>All requests that a plan does not serve in full.</summary>
    public static string Unserved(PlanId plan) => $"{All}/{plan}/unserved";

    /// <summary>The page that asks before a plan is applied.</summary>
    public static string Confirm(PlanId plan) => $"{All}/{plan}/confirm";

    /// <summary>The form that applies a plan.</summary>
    public static string Apply(PlanId plan) => $"{All}/{plan}/apply";

    /// <summary>The form that ends the search of a plan.</summary>
    public static string Finish(PlanId plan) => $"{All}/{plan}/finish";

    /// <summary>The form that cancels or discards a plan.</summary>
    public static string Cancel(PlanId plan) => $"{All}/{plan}/cancel";
}
