using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>Imports through HTTP: a dry run that the ledger keeps, and the application of its very rows.</summary>
public sealed class ImportsTests
{
    [Fact]
    public async Task Of_300_schools_with_12_bad_rows_288_are_shown_as_good_and_exactly_these_are_made()
    {
        await using var api = await TestApi.Open();
        var before = (await Schools(api)).Count;
        var made = (await api.Operator.Post("/imports", ImportFiles.Body(ImportFiles.ThreeHundred), ("Idempotency-Key", "read"))).Must(201);
        (made.Number("added"), made.Number("refused"), made.Number("changed"), made.Number("removed")).ShouldBe((288, 12, 0, 0));
        made.Member("status").ShouldBe("checked");
        (await api.Operator.Post("/imports", ImportFiles.Body(ImportFiles.ThreeHundred), ("Idempotency-Key", "read"))).Must(201)
            .Member("id").ShouldBe(made.Member("id"));
        var path = $"/imports/{made.Member("id")}";
        var refused = await Rows(api, path, "refused");
        refused.Select(row => (string)row["faults"]![0]!["code"]!).ShouldBe(ImportFiles.Bad.Select(bad => bad.Code));
        refused.Select(row => (int)row["row"]!).ShouldBe(Enumerable.Range(0, 12).Select(k => 12 + (k * 20)));
        refused.ShouldAllBe(row => ((string)row["faults"]![0]!["detail"]!).Length > 10);
        (await Rows(api, path, "added")).Count.ShouldBe(288);
        (await Schools(api)).Count.ShouldBe(before, "a dry run changes nothing");

        var applied = (await api.Operator.Post($"{path}/apply", """{"reason":"autumn"}""", ("Idempotency-Key", "apply"))).Must(200);
        (applied.Number("applied"), applied.Number("failed")).ShouldBe((288, 0));
        applied.Member("status").ShouldBe("applied");
        var after = await Schools(api);
        after.Count.ShouldBe(before + 288);
        after.Keys.ShouldNotContain(id => id.StartsWith("bad", StringComparison.Ordinal));
        var seventh = after["school-007"];
        ((string)seventh["name"]!, (int)seventh["labSeats"]!, (string)seventh["board"]!, (bool)seventh["ready"]!).ShouldBe(("École 7", 27, "big-board", true));
        var record = (await ApiClient.Must(api.Operator.Get("/audit?subject=institution/school-007")))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)record["why"]!).ShouldBe($"Import {made.Member("id")}, row {Number(await Rows(api, path, "added"), "school-007")}: autumn");
        var changes = (await ApiClient.Must(api.Operator.Get($"/audit?subject=import/{made.Member("id")}")))["items"]!.AsArray();
        changes.Select(change => (string)change!["what"]!).ShouldBe(["import_made", "import_started", "import_applied"]);

        // Again, with the key and without: the same answer, and nothing twice.
        (await api.Operator.Post($"{path}/apply", """{"reason":"autumn"}""", ("Idempotency-Key", "apply"))).Must(200)
            .Header("Idempotency-Replayed").ShouldBe("true");
        (await api.Operator.Post($"{path}/apply", null)).Must(200).Number("applied").ShouldBe(288);
        after = await Schools(api);
        after.Values.Where(one => ((string)one["id"]!).StartsWith("school-", StringComparison.Ordinal)).ShouldAllBe(one => (int)one["version"]! == 1);
        (await Rows(api, path, "added")).ShouldAllBe(row => (string)row["result"]! == "done");

        // The same file again changes nothing; a file with fewer columns changes only these.
        (await api.Operator.Post("/imports", ImportFiles.Body(ImportFiles.ThreeHundred))).Must(201).Number("unchanged").ShouldBe(288);
        var few = (await api.Operator.Post("/imports", ImportFiles.Body("Identifiant;Surveillants formés\nschool-007;9\n"))).Must(201);
        few.Number("changed").ShouldBe(1);
        (await Rows(api, $"/imports/{few.Member("id")}", "changed"))[0]["fields"]!.ToJsonString()
            .ShouldBe("""[{"name":"proctors","before":"2","after":"9"}]""");
        (await api.Operator.Post($"/imports/{few.Member("id")}/apply", null)).Must(200);
        ((int)(await Schools(api))["school-007"]["labSeats"]!).ShouldBe(27);
        await api.MustAddUp();
    }

    [Fact]
    public async Task An_import_is_refused_when_something_changed_since_when_too_much_would_go_and_when_its_time_is_over()
    {
        await using var api = await TestApi.Open();
        var list = "id,name,zone\nown,Own,America/Toronto\nnew,New,America/Toronto\n";
        var stale = (await api.Operator.Post("/imports", ImportFiles.Body(list))).Must(201).Member("id");
        await ApiClient.Must(api.Operator.Patch("/institutions/own", """{"proctors":7}"""));
        await ApiClient.Must(api.Operator.Put("/institutions/new", Scheduler.Tests.Schools.School()));
        var refused = (await api.Operator.Post($"/imports/{stale}/apply", null)).MustRefuse(409, "import_stale");
        refused.Json["changes"]!.AsArray().Select(one => ((int)one!["row"]!, (string)one["subject"]!, (int)one["seen"]!, (int)one["present"]!))
            .ShouldBe([(2, "own", 1, 2), (3, "new", 0, 1)], ignoreOrder: true);
        (await api.Operator.Get($"/imports/{stale}")).Must(200).Member("status").ShouldBe("checked");

        // A full list of one of the four: board and foreign would go; the bookings of own do not matter, because the list names own.
        (await api.Operator.Post($"/institutions/foreign/bookings", Scheduler.Tests.Schools.Booking(Scheduler.Tests.Schools.Slot(60, 9)))).Must(201);
        await ApiClient.Must(api.Operator.Put("/institutions/lone", Scheduler.Tests.Schools.School()));
        var full = (await api.Operator.Post("/imports", ImportFiles.Body("id\nown\nnew\n", mode: "full"))).Must(201);
        (full.Number("removed"), full.Number("refused"), full.Number("unchanged")).ShouldBe((1, 2, 2));
        var path = $"/imports/{full.Member("id")}";
        (await Rows(api, path, "refused")).Select(row => ((string)row["subject"]!, (string)row["faults"]![0]!["code"]!))
            .ShouldBe([("board", "in_use"), ("foreign", "in_use")], ignoreOrder: true);
        var most = (await api.Operator.Post($"{path}/apply", null)).MustRefuse(422, "import_vanishes");
        (most.Json["vanishing"]!.GetValue<int>(), most.Json["present"]!.GetValue<int>()).ShouldBe((1, 5));
        (await api.Operator.Post($"{path}/apply", """{"force":true}""")).MustRefuse(400, "invalid");
        (await api.Operator.Post($"{path}/apply", """{"version":7}""")).MustRefuse(412, "stale");
        (await api.Operator.Post($"{path}/apply", """{"force":true,"reason":"lone has closed","version":1}""")).Must(200).Number("applied").ShouldBe(1);
        ((await Schools(api))["lone"]["retired"] is null).ShouldBeFalse();
        (await Schools(api))["foreign"]["retired"].ShouldBeNull();

        var old = (await api.Operator.Post("/imports", ImportFiles.Body("id,name,zone\nlate,Late,America/Toronto\n"))).Must(201).Member("id");
        api.Clock.Set(api.Clock.Now + Duration.FromDays(7));
        (await api.Operator.Post($"/imports/{old}/apply", null)).MustRefuse(409, "import_expired");
        (await Schools(api)).Keys.ShouldNotContain("late");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_says_why_and_is_not_kept()
    {
        await using var api = await TestApi.Open();
        async Task<(string Code, string Detail)> Fault(JsonObject body)
        {
            var fault = (await api.Operator.Post("/imports", body)).MustRefuse(422, "import_unreadable").Json["faults"]![0]!;
            return ((string)fault["code"]!, (string)fault["detail"]!);
        }

        (await Fault(ImportFiles.Body("id,nmae,colour\na,A,red\n"))).Detail.ShouldContain("nmae, colour");
        (await Fault(ImportFiles.Body("name,zone\nA,America/Toronto\n"))).Code.ShouldBe("missing");
        (await Fault(ImportFiles.Body("id,ID\na,b\n"))).Code.ShouldBe("twice");
        (await Fault(ImportFiles.Body([.. "id,name\na,"u8, 0xC9, .. "cole\n"u8]))).Code.ShouldBe("encoding");
        (await Fault(ImportFiles.Body("id,name\n"))).Code.ShouldBe("empty");
        (await Fault(ImportFiles.Body([(byte)'P', (byte)'K', 3, 4, 0, 0]))).Code.ShouldBe("zip");
        (await Fault(ImportFiles.Body("id,name\na,\"A\n"))).Code.ShouldBe("malformed");
        var many = string.Concat(Enumerable.Range(0, Domain.ImportLimits.Rows + 1).Select(k => $"s{k}\n"));
        (await Fault(ImportFiles.Body($"id\n{many}"))).Code.ShouldBe("rows");
        (await Fault(ImportFiles.Body($"id\n{new string('x', Domain.ImportLimits.CellCharacters + 1)}\n"))).Code.ShouldBe("cell");
        (await Fault(ImportFiles.Body($"id{new string(',', Domain.ImportLimits.Columns)}\na\n"))).Code.ShouldBe("columns");
        (await api.Operator.Post("/imports", ImportFiles.Body(new byte[Domain.ImportLimits.Bytes + 1]))).MustRefuse(400, "invalid");
        // A client that asks first reads the answer; one that sends the whole body may find the connection closed.
        var large = ImportFiles.Body(new byte[Domain.ImportLimits.BodyBytes]).ToJsonString();
        (await api.Operator.Send("POST", "/imports", large, ("Expect", "100-continue"))).MustRefuse(413, "body_too_large");
    }

    internal static async Task<List<JsonNode>> Rows(TestApi api, string path, string action)
    {
        var rows = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ApiClient.Must(api.Operator.Get($"{path}/rows?action={action}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}"));
            rows.AddRange(page["items"]!.AsArray().Select(row => row!));
            cursor = (string?)page["next"];
        }

        return rows;
    }

    private static int Number(List<JsonNode> rows, string subject) => (int)rows.Single(row => (string)row["subject"]! == subject)["row"]!;

    private static async Task<Dictionary<string, JsonNode>> Schools(TestApi api) =>
        (await ApiClient.Must(api.Operator.Get("/institutions?limit=500")))["items"]!.AsArray().ToDictionary(one => (string)one!["id"]!, one => one!);
}
