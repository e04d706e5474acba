using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>A catalogue of exams like those of the big programmes. Minutes and modes are near the real values, but not official.</summary>
internal static class DemoExams
{
    public static ImmutableArray<DemoProgramme> Programmes { get; } =
    [
        Make("MOS", 30, "office", 50, 5, 5, online: true,
            ("word-associate", "Word Associate"), ("excel-associate", "Excel Associate"), ("powerpoint-associate", "PowerPoint Associate"),
            ("outlook-associate", "Outlook Associate"), ("word-expert", "Word Expert"), ("excel-expert", "Excel Expert"), ("access-expert", "Access Expert")),
        Make("Microsoft Fundamentals", 13, "office", 45, 10, 5, online: true,
            ("az-900", "Azure Fundamentals"), ("ai-900", "Azure AI Fundamentals"), ("dp-900", "Azure Data Fundamentals"),
            ("sc-900", "Security, Compliance, and Identity Fundamentals"), ("pl-900", "Power Platform Fundamentals")),
        Make("Intuit", 8, "office", 80, 5, 5, online: true,
            ("quickbooks-online", "QuickBooks Online Certified User"),
            ("bookkeeping", "Certified Bookkeeping Professional"), ("personal-finance", "Personal Finance")),
        Make("PMI", 5, "office", 90, 5, 5, online: true, ("project-management-ready", "Project Management Ready")),
        Make("Adobe", 16, "creative", 50, 5, 5, online: true,
            ("photoshop", "Visual Design using Photoshop"), ("illustrator", "Graphic Design and Illustration using Illustrator"),
            ("indesign", "Print and Digital Media using InDesign"), ("premiere-pro", "Digital Video using Premiere Pro"),
            ("after-effects", "Visual Effects and Motion Graphics using After Effects"), ("animate", "Multiplatform Animation using Animate")),
        Make("Autodesk", 8, "creative", 75, 5, 10, online: false,
            ("autocad", "AutoCAD Certified User"), ("fusion", "Fusion Certified User"), ("inventor", "Inventor Certified User"),
            ("revit-architecture", "Revit for Architecture Certified User"), ("3ds-max", "3ds Max Certified User"), ("maya", "Maya Certified User")),
        Make("Unity", 6, "creative", 50, 5, 5, online: false,
            ("programmer", "Certified User: Programmer"), ("artist", "Certified User: Artist"), ("vr-developer", "Certified User: VR Developer")),
        Make("Apple", 7, "code", 50, 5, 5, online: false,
            ("swift-associate", "App Development with Swift Associate"), ("swift-certified-user", "App Development with Swift Certified User")),
        Make("EC-Council", 6, "code", 120, 10, 10, online: false,
            ("ethical-hacking", "Ethical Hacking Associate"), ("cyber-forensics", "Cyber Forensics Associate"),
            ("network-security", "Network Security Associate")),
    ];

    private static DemoProgramme Make(
        string name, double popularity, string image, int minutes, int checkIn, int reset, bool online, params (string Id, string Name)[] exams)
    {
        var prefix = name.ToLowerInvariant().Replace(' ', '-');
        ImmutableArray<PoolId> pools = [.. DemoFleet.Pools.Where(pool => pool.Pool.Image == image).Select(pool => pool.Pool.Id)];
        ImmutableArray<DeliveryMode> modes = online ? [DeliveryMode.Lab, DeliveryMode.Online] : [DeliveryMode.Lab];
        return new(name, popularity, image, [.. exams.Select(exam => new Exam
        {
            Id = ExamId.Of($"{prefix}-{exam.Id}"),
            Programme = name,
            Name = exam.Name,
            Minutes = minutes,
            CheckInMinutes = checkIn,
            ResetMinutes = reset,
            Pools = pools,
            Modes = modes,
        })]);
    }
}
