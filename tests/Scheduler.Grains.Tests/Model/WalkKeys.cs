using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>Idempotency keys in a walk: some calls have one, and are repeated later.</summary>
public sealed partial class Walk
{
    /// <summary>Repeats a call with its key: the answer is the first answer, and nothing more is done.</summary>
    private async Task Repeat()
    {
        if (Any(_keyed, IsRemembered) is not { } keyed || !IsRemembered(keyed))
            return;
        var answer = await keyed.Call(silo.School(keyed.School), By(false, keyed.Key));
        answer.ShouldBeOfType<CommandResult<BookingSnapshot>.Done>().IsReplay.ShouldBeTrue();
        ValueText.Of(TestSilo.Must(answer)).ShouldBe(keyed.Text);
        var other = await keyed.Call(silo.School(keyed.School), By(false, keyed.Key, "other"));
        other.ShouldBeOfType<CommandResult<BookingSnapshot>.KeyReused>();
        Count("repeat");
    }

    private bool IsRemembered(KeyedCall keyed) => keyed.At >= _world.Now - Duration.FromDays(6);

    private async Task<CommandResult<BookingSnapshot>> Keyed(
        string school, Caller caller, Func<IInstitutionQueueGrain, Caller, Task<CommandResult<BookingSnapshot>>> call)
    {
        if (_random.Next(4) > 0)
            return await call(silo.School(school), caller);
        var key = $"k{_step}";
        var answer = await call(silo.School(school), By(false, key));
        if (TestSilo.IsDone(answer))
            _keyed.Add(new(school, key, ValueText.Of(TestSilo.Must(answer)), _world.Now, call));
        return answer;
    }

    private static Caller By(bool isOperator = true, string? key = null, string hash = "h") =>
        TestSilo.By(isOperator ? Role.Operator : Role.Instructor, key, hash);

    /// <summary>A call that was done under a key, with the text of its first answer.</summary>
    private sealed record KeyedCall(
        string School, string Key, string Text, Instant At, Func<IInstitutionQueueGrain, Caller, Task<CommandResult<BookingSnapshot>>> Call);
}
