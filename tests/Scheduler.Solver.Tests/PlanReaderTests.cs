using System.Text;

namespace Scheduler.Solver.Tests;

/// <summary>A plan file is read as it was written. A wrong file is refused in the words of the format.</summary>
public sealed class PlanReaderTests
{
    private static readonly Plan _plan = Build.Solve(Build.Crowd(120, 5, 2), effort: 0.05);

    [Fact]
    public void A_written_plan_reads_back_the_same()
    {
        var text = Build.Text(_plan);
        Build.Text(Read(text).ShouldBeOfType<PlanReading.Read>().Plan).ShouldBe(text);
    }

    [Theory]
    [InlineData("exam-slot-plan/1", "exam-slot-instance/1", "format: \"exam-slot-plan/1\" expected")]
    [InlineData("\"seed\":1", "\"seed\":1.5", "seed: a whole number of 64 bits expected")]
    [InlineData("\"stopReason\":\"converged\"", "\"stopReason\":\"done\"", "stopReason: one of \"converged\", \"timeLimit\", \"cancelled\" expected")]
    [InlineData("\"assignments\":[{\"request\"", "\"assignments\":[{\"who\"", "assignments[0].who: unknown field")]
    [InlineData("\"candidate\":", "\"candidate\":-1", "assignments[0].candidate: below 0")]
    [InlineData("\"assignments\":[", "\"assignments\":null,\"x\":[", "assignments: an array expected")]
    [InlineData("\"instance\":", "\"instance\":7,\"x\":", "instance: a string expected")]
    [InlineData("\"moves\":", "\"moves\":\"", "objective.moves: a whole number expected")]
    [InlineData(",\"stages\":[", ",\"stages\":[1,", "stages[0]: an object expected")]
    [InlineData("\"shortfall\":[],", "", "the field \"shortfall\" is missing")]
    public void A_fault_is_named_in_words_of_the_format(string good, string bad, string message)
    {
        var text = Build.Text(_plan with { Shortfall = [] });
        text.ShouldContain(good);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        var refused = Read(string.Concat(text.AsSpan(0, at), bad, text.AsSpan(at + good.Length))).ShouldBeOfType<PlanReading.Refused>();
        refused.Message.ShouldStartWith(message);
        refused.Message.ShouldNotContain("Scheduler.");
    }

    [Fact]
    public void A_tail_and_a_file_that_is_not_JSON_are_refused()
    {
        Read("").ShouldBe(new PlanReading.Refused("", "the file is empty"));
        Read(Build.Text(_plan) + "{}").ShouldBeOfType<PlanReading.Refused>();
        Read("plan").ShouldBeOfType<PlanReading.Refused>().Message.ShouldStartWith("this is not JSON, line 1, byte 1:");
    }

    private static PlanReading Read(string text) => PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
