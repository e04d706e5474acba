using System.Text.Json.Nodes;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>A good body for every type of a body, by its name without Body.</summary>
internal static class SampleBodies
{
    public static Dictionary<string, JsonObject> Samples { get; } = new()
    {
        ["Pool"] = new() { ["name"] = "Office", ["zone"] = "America/Toronto", ["image"] = "office" },
        ["Exam"] = Parse($$"""
            {"programme":"MOS","name":"Excel","minutes":50,"checkInMinutes":5,"resetMinutes":5,"pools":["{{Schools.Pool}}"],"modes":["lab","online"]}
            """),
        ["Season"] = Parse("""{"name":"Winter","from":"2026-12-01","to":"2026-12-18","leadTimeDays":21,"fairShare":0.25,"collectUntil":null}"""),
        ["Institution"] = Parse("""
            {"name":"School","zone":"America/Toronto","labSeats":100000,"proctors":1000,"ready":true,"board":null,"shortNoticeDays":null,
            "onboarding":{"agreement":true,"purchase":true,"itLab":true,"itOnline":true}}
            """),
        ["Policy"] = Parse($$"""
            {"leadTimeDays":14,"horizonDays":365,"holdMinutes":10,"maxHolds":1000,"maxHeldSeats":100000,"cancelCutoffDays":2,
            "lateCancelVouchers":"forfeit","fairShareLiftDays":7,"candidatesPerProctor":20,"overseenSessions":1,
            "displacementPerMille":2,"movePerMille":50,
            "nightlyPlan":{"at":"02:30","zone":"America/Toronto","pools":["{{Schools.Pool}}"],"days":42,"timeLimitSeconds":30,"movable":"none","apply":false} }
            """),
        ["Template"] = Parse("""
            {"weekly":[{"days":["mon","tue","wed","thu","fri","sat","sun"],"fromTime":"00:00","toTime":"24:00","seats":1000}],"from":"2026-03-01",
            "to":"2027-04-30","force":false,"reason":"a test"}
            """),
        ["Capacity"] = Parse("""{"from":"2026-12-07T13:00:00Z","to":"2026-12-07T22:00:00Z","seats":1000,"force":false,"reason":"a test"}"""),
        ["Hours"] = Parse("""
            {"where":[{"from":"2026-12-09T14:00:00Z","to":"2026-12-09T17:00:00Z","seats":1000}],"force":false,"reason":"a test"}
            """),
        ["Raise"] = Parse($$"""
            {"where":[{"pool":"{{Schools.Pool}}","from":"2026-06-01T14:00:00Z","to":"2026-06-01T15:00:00Z","add":100}],"version":1,"reason":"more machines"}
            """),
        ["UndoRaise"] = Parse("""{"version":2,"reason":"the machines did not come"}"""),
        ["Pack"] = Parse("""{"programme":"MOS","quantity":500,"purchasedOn":"2026-03-01"}"""),
        ["PackChange"] = Parse("""{"quantity":400,"purchasedOn":"2026-03-01","reason":"miscounted"}"""),
        ["ApiKey"] = Parse($$"""{"role":"viewer","institution":"{{Schools.Own}}","name":"somebody"}"""),
        ["Invitation"] = Parse($$"""{"email":"a.birch@school.example","role":"instructor","institution":"{{Schools.Own}}"}"""),
        // The file has one row: id,name,zone / next,Next School,America/Toronto.
        ["Import"] = Parse("""
            {"kind":"institutions","mode":"add","zone":"America/Toronto","files":[{"name":"schools.csv",
            "content":"aWQsbmFtZSx6b25lCm5leHQsTmV4dCBTY2hvb2wsQW1lcmljYS9Ub3JvbnRvCg=="}]}
            """),
        ["ImportApply"] = Parse("""{"force":false,"reason":"the list of this autumn","version":1}"""),
        ["Person"] = Parse("""{"role":"viewer"}"""),
        ["Booking"] = Parse($$"""
            {"exam":"{{Schools.Exam}}","pool":"{{Schools.Pool}}","start":"2026-06-01T14:00:00Z","seats":2,"mode":"lab","accommodations":[{"candidates":1,
            "extraTimePercent":50}],"reference":"class 10B","override":null}
            """),
        ["Series"] = Parse($$"""
            {"rows":[{"exam":"{{Schools.Exam}}","pool":"{{Schools.Pool}}","start":"2026-06-01T14:00:00Z","seats":2,"mode":"lab"}],"wait":false,"together":false}
            """),
        ["Cancel"] = Parse("""{"reason":"ill"}"""),
        ["Reschedule"] = Parse("""{"start":"2026-06-02T14:00:00Z","override":null}"""),
        ["Resize"] = Parse("""{"seats":2,"accommodations":null,"override":null}"""),
        ["HoldChange"] = Parse("""{"seats":3,"accommodations":[{"candidates":1,"extraTimePercent":50}],"mode":"lab"}"""),
        ["Attendance"] = Parse("""{"attended":1}"""),
        ["Plan"] = Parse($$"""
            {"pools":["{{Schools.Pool}}"],"from":"2026-06-01T00:00:00Z","to":"2026-06-02T00:00:00Z","timeLimitSeconds":30,"movable":"flexible"}
            """),
        ["WhatIf"] = Parse($$"""
            {"pools":["{{Schools.Pool}}"],"from":"2026-06-01T00:00:00Z","to":"2026-06-02T00:00:00Z","timeLimitSeconds":30,"movable":"flexible",
            "capacity":[{"pool":"{{Schools.Pool}}","from":"2026-06-01T14:00:00Z","to":"2026-06-01T16:00:00Z","add":20}],"seasons":[]}
            """),
        ["Request"] = Parse($$"""
            {"exam":"{{Schools.Exam}}","pool":"{{Schools.Pool}}","seats":2,"mode":"lab","accommodations":[],"preferredStart":"2026-06-03T14:00:00Z",
            "weight":1,"minGroup":null}
            """),
        ["RequestChange"] = Parse("""{"seats":3,"accommodations":[],"preferredStart":"2026-06-03T14:00:00Z","weight":1,"minGroup":null}"""),
    };

    public static JsonObject? Sample(ApiRoute route) => route.Body is { } name ? Samples[name].DeepClone().AsObject() : null;

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();
}
