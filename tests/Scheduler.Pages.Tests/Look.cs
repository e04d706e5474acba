namespace Scheduler.Tests;

/// <summary>How a visitor's browser looks at pages.</summary>
public sealed record Look
{
    public static readonly Look Desktop = new();
    public static readonly Look Dark = new() { IsDark = true };
    public static readonly Look Phone = new() { Width = 390, Height = 844 };
    public static readonly Look Narrow = new() { Width = 320, Height = 640 };
    public static readonly Look Tablet = new() { Width = 768, Height = 1024 };

    public int Width { get; init; } = 1366;

    public int Height { get; init; } = 850;

    public bool IsDark { get; init; }

    public bool HasScripts { get; init; } = true;

    public string Language { get; init; } = "en-CA";
}
