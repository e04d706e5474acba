using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>The verb recover: somebody at the machine lets an operator in again, with the server running or stopped.</summary>
public sealed class RecoverTests : IAsyncLifetime
{
    private const string Email = "lost@exams.example";
    private TestApi? _api;

    private TestApi Api => _api!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await TestApi.Open(furnish: false);

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    [Fact]
    public async Task R14_beside_a_running_server_the_verb_makes_a_link_that_works_once_and_stands_in_the_record()
    {
        var id = await Operator();
        var (code, said) = await Run(Email.ToUpperInvariant(), Api.Folder);
        code.ShouldBe(0, said);
        said.ShouldContain("Put your server's address before it");
        var path = said.Split('\n')[^1];
        Files().ShouldHaveSingleItem().ShouldNotContain(path.Split('=')[1]);

        using var reader = new PageClient(Api.Url);
        (await reader.Get(path)).Text.ShouldContain("new-password");
        Files().ShouldBeEmpty();
        var record = (await Api.Operator.Get("/audit?limit=500")).Must(200).Json["items"]!.AsArray().Single(row => (string)row!["who"]! == "Command line")!;
        ((string)record["what"]!).ShouldBe("invitation_made");
        ((string)record["after"]!["recovers"]!).ShouldBe(id);
        (await reader.Send(path, "join", [("NewPassword", "a very new password")])).Status.ShouldBe(HttpStatusCode.Found);
        (await reader.Get("/people")).Location.ShouldBe("/settings/second-factor");
        using var thief = new PageClient(Api.Url);
        (await thief.Get(path)).Text.ShouldContain("used already");
        (await reader.Send("/sign-in", "password", [("Email", Email), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task R14_a_link_of_the_command_line_ends_after_an_hour_and_a_file_that_is_none_opens_nothing()
    {
        var id = await Operator();
        var account = Api.Services.GetRequiredService<AccountCopy>().Accounts[new(Guid.Parse(id))];
        RecoveryFiles.Write(Api.Folder, account, ApiKeySecret.Hash("late"), Api.Clock.Now);
        RecoveryFiles.Write(Api.Folder, account with { Id = AccountId.New() }, ApiKeySecret.Hash("nobody"), Api.Clock.Now);
        await File.WriteAllTextAsync(Path.Combine(Api.Folder, $"recovery-{ApiKeySecret.Hash("odd")}"), "letter", Token);
        var viewer = await TestPeople.Add(Api.Services, "operator", null, "removed@exams.example");
        var removed = Api.Services.GetRequiredService<AccountCopy>().Accounts[new(Guid.Parse(viewer))];
        RecoveryFiles.Write(Api.Folder, removed, ApiKeySecret.Hash("removed"), Api.Clock.Now);
        (await Api.Operator.Delete($"/people/{viewer}")).Must(204);
        Api.Clock.Advance(Duration.FromHours(AccountLimits.RecoveryHours));
        using var reader = new PageClient(Api.Url);
        foreach (var secret in new[] { "late", "nobody", "odd", "removed", "never" })
            (await reader.Get($"/join?code={secret}")).Text.ShouldNotContain("new-password");
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_stopped_server_the_verb_writes_into_the_ledger()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-recover-").FullName;
        (await Run(Email, folder)).ShouldBe((2, $"There is no ledger.db in {folder}. Name the folder with --folder."));
        await using (var ledger = await SeatLedger.Open(
            new() { DataDirectory = folder }, new TestClock(TestApi.Start), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Token))
        {
            (await Run(Email, folder)).Said.ShouldContain("No operator has an account yet");
            var account = new Account
            {
                Id = AccountId.New(), Name = "Ola", Email = Email, Role = Role.Operator, MadeAt = TestApi.Start, SecurityStamp = "stamp",
            };
            var made = new Change
            {
                Record = new() { At = TestApi.Start, Who = "tests", Kind = ChangeKind.AccountMade, Subject = account.Id.ToString() },
                Rows = [AccountCommits.Row(account), new RowWrite.PrivatePut(new(PrivateKind.Email, EmailAddress.Key(Email), 1, account.Id.ToString()))],
            };
            (await ledger.Commit(made, Token)).ShouldBeOfType<CommitOutcome.Committed>();
        }

        (await Run("other@exams.example", folder)).ShouldBe((2, $"'other@exams.example' is no operator's address. The operators are: {Email}."));
        (await Run(Email, folder)).Code.ShouldBe(0);
        Directory.GetFiles(folder, "recovery-*").ShouldBeEmpty();
        var rows = await ReadOnlyLedger.PrivateRows(new() { DataDirectory = folder }, PrivateKind.Invitation, Token);
        InvitationForms.Read(rows.ShouldHaveSingleItem().Body).MadeBy.ShouldBe("command line");
        (await LedgerCheck.Run(new() { DataDirectory = folder }, Token)).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    private Task<string> Operator() => TestPeople.Add(Api.Services, "operator", null, Email, isReal: true);

    private string[] Files() => Directory.GetFiles(Api.Folder, "recovery-*");

    private static async Task<(int Code, string Said)> Run(string email, string folder)
    {
        await using var said = new StringWriter();
        var code = await CommandLine.Run(["recover", email, "--folder", folder], said, said);
        return (code, said.ToString().Trim());
    }
}
