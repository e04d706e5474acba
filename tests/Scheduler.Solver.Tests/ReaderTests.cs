using System.Text;

namespace Scheduler.Solver.Tests;

/// <summary>Invalid files are refused with the place of their fault. Valid files are read as they were written.</summary>
public sealed class ReaderTests
{
    private const string Good = """
        {"format":"exam-slot-instance/1","name":"n","slotMinutes":60,"fairnessSlack":0.005,
         "pools":[{"id":"p","slots":[{"start":"2026-12-07T14:00:00Z","capacity":5},{"start":"2026-12-07T15:00:00Z","capacity":5}]}],
         "institutions":[{"id":"i","limits":[{"kind":"lab","capacity":4}]}],
         "requests":[{"id":"r","institution":"i","value":3.5,"mandatory":false,"limit":"lab","minGroup":null,
           "current":{"candidate":0,"movable":true,"moveCost":1.0},
           "candidates":[{"pool":"p","start":"2026-12-07T14:00:00Z","seats":[3,2],"cost":0.25}]}]}
        """;

    [Theory]
    [InlineData("exam-slot-instance/1", "exam-slot-instance/2", "format")]
    [InlineData("\"slotMinutes\":60", "\"slotMinutes\":0", "slotMinutes")]
    [InlineData("\"slotMinutes\":60", "\"slotMinutes\":60,\"colour\":1", "colour")]
    [InlineData("\"fairnessSlack\":0.005", "\"fairnessSlack\":1e999", "fairnessSlack")]
    [InlineData("\"capacity\":5}]", "\"capacity\":-5}]", "pools[0].slots[1].capacity")]
    [InlineData("\"capacity\":5},", "\"capacity\":5.5},", "pools[0].slots[0].capacity")]
    [InlineData("2026-12-07T15:00:00Z", "2026-12-07T15:20:00Z", "pools[0].slots[1].start")]
    [InlineData("2026-12-07T15:00:00Z", "2026-13-07T15:00:00Z", "pools[0].slots[1].start")]
    [InlineData("\"kind\":\"lab\"", "\"kind\":\"labs\"", "institutions[0].limits[0].kind")]
    [InlineData("\"institution\":\"i\"", "\"institution\":\"j\"", "requests[0].institution")]
    [InlineData("\"value\":3.5", "\"value\":\"3.5\"", "requests[0].value")]
    [InlineData("\"limit\":\"lab\"", "\"limit\":\"room\"", "requests[0].limit")]
    [InlineData("\"minGroup\":null", "\"minGroup\":0", "requests[0].minGroup")]
    [InlineData("\"candidate\":0", "\"candidate\":1", "requests[0].current.candidate")]
    [InlineData("\"pool\":\"p\"", "\"pool\":\"x\"", "requests[0].candidates[0].pool")]
    [InlineData("\"start\":\"2026-12-07T14:00:00Z\",\"seats\"", "\"start\":\"2026-12-07T14:30:00Z\",\"seats\"", "requests[0].candidates[0].start")]
    [InlineData("[3,2]", "[]", "requests[0].candidates[0].seats")]
    [InlineData("[3,2]", "[3,-2]", "requests[0].candidates[0].seats[1]")]
    [InlineData("[3,2]", "[3,0.5]", "requests[0].candidates[0].seats[1]")]
    [InlineData("\"cost\":0.25", "\"cost\":NaN", "requests[0].candidates[0].cost")]
    [InlineData("\"cost\":0.25", "\"cost\":0.25,\"cost\":1", "requests[0].candidates[0].cost")]
    [InlineData("\"cost\":0.25}", "\"cost\":0.25", "requests[0].candidates[0]")]
    [InlineData("\"value\":3.5,", "", "requests[0]")]
    [InlineData("\"value\":3.5", "\"value\":1e300", "requests[0].value")]
    [InlineData("\"name\":\"n\"", "\"\\ud800\":1", "?")]
    [InlineData("\"name\":\"n\"", "\"a\\nb\":1", "a?b")]
    [InlineData("\"id\":\"r\"", "\"id\":\"\\ud800\"", "requests[0].id")]
    [InlineData("\"kind\":\"lab\"", "\"kind\":\"\\ud800\"", "institutions[0].limits[0].kind")]
    [InlineData("2026-12-07T15:00:00Z", "2026-12-07T14:00:00.000000001Z", "pools[0].slots[1].start")]
    [InlineData("2026-12-07T15:00:00Z", "2026-12-07T14:00:00Z", "pools[0].slots[1].start")]
    [InlineData("2026-12-07T15:00:00Z", "9999-12-31T23:00:00Z", "pools[0].slots[1].start")]
    [InlineData("\"start\":\"2026-12-07T14:00:00Z\",\"seats\"", "\"start\":\"9999-12-31T22:00:00Z\",\"seats\"", "requests[0].candidates[0].start")]
    public void A_fault_is_named_with_its_place(string good, string bad, string place)
    {
        Good.ShouldContain(good);
        var refused = Read(Good.Replace(good, bad, StringComparison.Ordinal)).ShouldBeOfType<InstanceReading.Refused>();
        refused.Place.ShouldStartWith(place);
    }

    [Theory]
    [InlineData("{", "1", "2")]
    [InlineData("{\"format\":\"exam-slot-instance/1\",\n\n  oops}", "3", "3")]
    public void Lines_and_bytes_are_counted_from_1(string text, string line, string at)
    {
        var refused = Read(text).ShouldBeOfType<InstanceReading.Refused>();
        refused.Message.ShouldContain($"this is not JSON, line {line}, byte {at}:");
        refused.Message.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void Ids_used_twice_are_named()
    {
        var twice = Good.Replace("}]}]}", "}]},{\"id\":\"r\",\"institution\":\"i\",\"value\":1,\"candidates\":[]}]}", StringComparison.Ordinal);
        Read(twice).ShouldBeOfType<InstanceReading.Refused>().Place.ShouldBe("requests[1].id");
    }

    [Fact]
    public void Parts_of_different_sizes_are_refused()
    {
        var split = Good.Replace("\"minGroup\":null", "\"minGroup\":1", StringComparison.Ordinal)
            .Replace("\"cost\":0.25}", "\"cost\":0.25},{\"pool\":\"p\",\"start\":\"2026-12-07T14:00:00Z\",\"seats\":[2],\"cost\":0}", StringComparison.Ordinal);
        Read(split).ShouldBeOfType<InstanceReading.Refused>().Place.ShouldBe("requests[0].candidates[1].seats");
    }

    [Fact]
    public void An_empty_file_and_a_tail_are_refused()
    {
        Read("").ShouldBeOfType<InstanceReading.Refused>();
        Read(Good + "{}").ShouldBeOfType<InstanceReading.Refused>();
        Read("[]").ShouldBeOfType<InstanceReading.Refused>();
    }

    [Fact]
    public void Fields_may_stand_in_any_order_and_a_byte_order_mark_is_tolerated()
    {
        var at = Good.IndexOf("\"requests\"", StringComparison.Ordinal);
        var turned = "{" + Good[at..].TrimEnd().TrimEnd('}') + "," + Good[1..at].TrimEnd().TrimEnd(',') + "}";
        Read("\uFEFF" + turned).ShouldBeOfType<InstanceReading.Read>().Instance.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_written_reads_back_the_same()
    {
        var instance = Build.Crowd(60, 3);
        using var stream = new MemoryStream();
        await PlanFile.WriteInstance(instance, stream, TestContext.Current.CancellationToken);
        stream.Position = 0;
        var read = InstanceReader.Read(stream, TestContext.Current.CancellationToken).ShouldBeOfType<InstanceReading.Read>().Instance;
        read.Requests.Count.ShouldBe(60);
        Build.Text(Build.Solve(read, effort: 0.05)).ShouldBe(Build.Text(Build.Solve(instance, effort: 0.05)));
    }

    private static InstanceReading Read(string text) =>
        InstanceReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
