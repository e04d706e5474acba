namespace Scheduler.Api;

/// <summary>
/// Names the texts of the page of the audit: <c>Resources/AuditTexts.resx</c> in English, <c>Resources/AuditTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class AuditTexts;
