using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>What somebody with a stolen or guessed password does not get.</summary>
public sealed partial class AccountSecurityTests : IAsyncLifetime
{
    private const string Wrong = "wrong wrong wrong";
    private const string Factor = "/settings/second-factor";
    private readonly NoSecondFactor _validator = new();
    private CountingHasher? _hasher;
    private TestApi? _api;

    private TestApi Api => _api!;

    private AccountCopy Copy => Api.Services.GetRequiredService<AccountCopy>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await TestApi.Open(furnish: false, services => services
        .AddSingleton<IPasswordHasher<AccountDraft>>(provider => _hasher = ActivatorUtilities.CreateInstance<CountingHasher>(provider))
        .AddSingleton<IUserValidator<AccountDraft>>(_validator));

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>Bug: only an account's wrong answer was committed, so the time of an answer told which addresses have accounts.</summary>
    [Fact]
    public async Task A_wrong_answer_is_recorded_whether_an_account_has_the_address_or_not()
    {
        await Operator("ola@exams.example");
        using var guest = new PageClient(Api.Url);
        foreach (var email in new[] { "ola@exams.example", "nobody@exams.example", "none@exams.example", "ola@exams.example" })
        {
            var before = await Failed();
            await guest.Send("/sign-in", "password", [("Email", email), ("Password", Wrong)]);
            (await Failed()).ShouldBe(before + 1, email);
        }

        (await Api.Operator.Get("/audit")).Must(200).Text.ShouldNotContain("nobody@");

        async Task<int> Failed() => (await Api.Operator.Get("/audit?limit=500")).Must(200).Json["items"]!.AsArray()
            .Count(row => (string?)row!["what"] == "account_sign_in_failed");
    }

    [Theory]
    [InlineData("passkey")]
    [InlineData("second factor")]
    public async Task R14_a_password_alone_enrols_nothing_for_an_operator_who_has_a_passkey_or_a_second_factor(string means)
    {
        var id = await Operator("ola@exams.example");
        using var thief = new PageClient(Api.Url);
        await SignIn(thief, "ola@exams.example");
        // The thief has begun before the operator sets up what signs in.
        await thief.Send(Factor, "begin", []);
        var key = Secret().Match((await thief.Get(Factor)).Text).Groups[1].Value;
        await Change(id, before => means == "passkey"
            ? before with { Passkeys = [_passkey] }
            : before with { HasSecondFactor = true, RecoveryCodes = ["hash"] });

        var (_, text, _) = await thief.Get(Factor);
        text.ShouldContain(means == "passkey" ? "The password alone opens nothing." : "needs a code after the password");
        text.ShouldNotContain("secret");
        text.ShouldNotContain("value=\"codes\"");
        foreach (var (handler, code) in new[] { ("begin", ""), ("check", Totp.Code(key)), ("codes", "") })
            await thief.Send(Factor, handler, [("Code", code)]);
        foreach (var path in new[] { "/passkeys/options", "/passkeys", $"/passkeys/{_passkey.Id}/remove" })
            (await thief.Send(path, "", [("credential", "{}")], page: Factor)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await thief.Get("/people")).Location.ShouldBe(Factor);
        var account = Copy.Accounts[id];
        account.HasSecondFactor.ShouldBe(means != "passkey");
        account.Passkeys.Length.ShouldBe(means == "passkey" ? 1 : 0);
        account.RecoveryCodes.ShouldBe(means == "passkey" ? [] : ["hash"]);
        account.Sessions.ShouldHaveSingleItem().IsStrong.ShouldBeFalse();
    }

    [Fact]
    public async Task R14_an_operators_other_browsers_are_signed_out_when_a_second_factor_is_set_up()
    {
        var id = await Operator("ola@exams.example");
        using var other = new PageClient(Api.Url);
        using var own = new PageClient(Api.Url);
        foreach (var browser in new[] { other, own })
            await SignIn(browser, "ola@exams.example");
        await own.Send(Factor, "begin", []);
        var key = Secret().Match((await own.Get(Factor)).Text).Groups[1].Value;

        // The ledger does not take the second factor: nothing is strong.
        _validator.IsStrict = true;
        (await own.Send(Factor, "check", [("Code", Totp.Code(key, steps: -1))])).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await own.Get("/people")).Location.ShouldBe(Factor);
        _validator.IsStrict = false;
        Copy.Accounts[id].Sessions.ShouldAllBe(one => !one.IsStrong);

        (await own.Send(Factor, "check", [("Code", Totp.Code(key))])).Text.ShouldContain("class=\"codes\"");
        (await own.Get("/people")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.Get(Factor)).Location.ShouldBe("/sign-in?back=%2Fsettings%2Fsecond-factor");
    }

    [Fact]
    public async Task R14_a_passkey_is_added_together_with_the_strong_session_or_not_at_all()
    {
        var id = await Operator("ola@exams.example");
        using var browser = new PageClient(Api.Url);
        await SignIn(browser, "ola@exams.example");
        var session = Copy.Accounts[id].Sessions.ShouldHaveSingleItem().Id;
        await using var scope = Api.Services.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<AccountReader>();
        (await reader.Enrol(Request(id, Guid.CreateVersion7()), _passkey)).ShouldBeFalse("the session has ended");
        Copy.Accounts[id].Passkeys.ShouldBeEmpty();
        (await reader.Enrol(Request(id, session), _passkey)).ShouldBeTrue();
        Copy.Accounts[id].Sessions.ShouldHaveSingleItem().IsStrong.ShouldBeTrue();
        (await reader.Enrol(Request(id, session), _passkey with { Id = "more" })).ShouldBeFalse("the account has a passkey now");
        Copy.Accounts[id].Passkeys.ShouldHaveSingleItem().ShouldBe(_passkey);
    }

    [Fact]
    public async Task Wrong_passwords_at_once_are_no_more_guesses_than_wrong_passwords_in_a_row()
    {
        var id = await Operator("ola@exams.example");
        List<PageClient> readers = [.. Enumerable.Range(0, 3 * AccountLimits.WrongSignIns).Select(_ => new PageClient(Api.Url))];
        await Task.WhenAll(readers.Select(reader => reader.Send("/sign-in", "password", [("Email", "ola@exams.example"), ("Password", Wrong)])));
        readers.ForEach(reader => reader.Dispose());
        _hasher!.Compared.ShouldBe(AccountLimits.WrongSignIns);
        Copy.Accounts[id].LockedUntil.ShouldNotBeNull();
    }

    [Fact]
    public async Task Two_wrong_answers_at_once_count_twice()
    {
        var id = await Operator("ola@exams.example");
        await using var scope = Api.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountDraft>>();
        List<AccountDraft> drafts = [];
        for (var k = 0; k <= AccountLimits.WrongSignIns; k++)
            drafts.Add((await users.FindByIdAsync(id.ToString())).ShouldNotBeNull());
        foreach (var draft in drafts.SkipLast(2))
            (await users.AccessFailedAsync(draft)).Succeeded.ShouldBeTrue();
        Copy.Accounts[id].FailedSignIns.ShouldBe(AccountLimits.WrongSignIns - 1);
        foreach (var draft in drafts.TakeLast(2))
        {
            await users.AccessFailedAsync(draft);
            (await users.IsLockedOutAsync(draft)).ShouldBeTrue();
        }

        Copy.Accounts[id].FailedSignIns.ShouldBe(0, "an answer while the address is locked does not count");
    }

    [Fact]
    public async Task Every_wrong_answer_is_the_same_whether_an_account_has_the_address_or_not()
    {
        await Operator("known@exams.example");
        using var reader = new PageClient(Api.Url);
        List<(HttpStatusCode, string)> known = [], unknown = [];
        for (var k = 0; k <= AccountLimits.WrongSignInsOfEmail; k++)
        {
            known.Add(await Answer(reader, "known@exams.example", Wrong));
            unknown.Add(await Answer(reader, "unknown@exams.example", Wrong));
        }

        unknown.ShouldBe(known);
        known[^1].Item2.ShouldContain("came from here");
        known[^2].Item2.ShouldContain("works again on");
    }

    [Fact]
    public async Task A_sign_in_that_the_ledger_does_not_take_says_so()
    {
        var id = await Operator("ola@exams.example");
        using var reader = new PageClient(Api.Url);
        // The account goes away between the password and the session.
        await reader.Get("/sign-in");
        await Answer(reader, "ola@exams.example", Wrong);
        _hasher!.Comparing = _ =>
            Copy.Put(Copy.Accounts[id] with { RemovedAt = Api.Clock.Now, Version = Copy.Accounts[id].Version + 1 });
        var (status, said) = await Answer(reader, "ola@exams.example", TestPeople.Password);
        (status, said).ShouldBe(
            (HttpStatusCode.ServiceUnavailable, "The ledger did not answer, so nobody is signed in. Try again in a minute, with a new code if you used one."));
        (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_page_for_a_new_password_says_until_when_the_account_is_locked()
    {
        var id = await TestPeople.Add(Api.Services, "operator", null, "ola@exams.example", isReal: true);
        using var reader = new PageClient(Api.Url);
        await SignIn(reader, "ola@exams.example");
        await Change(new(Guid.Parse(id)), before => before with { Sessions = [.. before.Sessions.Select(one => one with { IsStrong = true })] });
        for (var k = 0; k < AccountLimits.WrongSignIns; k++)
            (await NewPassword(reader, Wrong)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var (status, text, _) = await NewPassword(reader, TestPeople.Password);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        text.ShouldContain("Signing in with this address works again on");
        text.ShouldNotContain("The present password is wrong.");
        Copy.Accounts[new(Guid.Parse(id))].FailedSignIns.ShouldBe(0);
    }

    [Fact]
    public async Task R14_a_recovery_takes_the_accounts_at_providers_away()
    {
        var id = await Operator("ola@exams.example");
        await Change(id, before => before with { Logins = [new("https://provider.example", "thief")] });
        var link = new Uri((await Api.Operator.Post($"/people/{id}/recovery", null)).Must(201).Member("link")).PathAndQuery;
        using var reader = new PageClient(Api.Url);
        (await reader.Get(link)).Text.ShouldContain("What signed you in before works no more");
        Copy.Accounts[id].Logins.ShouldHaveSingleItem();
        (await reader.Send(link, "join", [("NewPassword", "a very new password")])).Status.ShouldBe(HttpStatusCode.Found);
        Copy.Accounts[id].Logins.ShouldBeEmpty();
    }

    private static readonly Passkey _passkey = new() { Id = "cGFzc2tleQ", PublicKey = "a2V5", Name = "Laptop", MadeAt = TestApi.Start };

    private static Task<(HttpStatusCode Status, string Text, string? Location)> NewPassword(PageClient reader, string present) =>
        reader.Send("/settings/sign-in", "password", [("Password", present), ("NewPassword", "another good long one")]);

    private async Task<AccountId> Operator(string email) => new(Guid.Parse(await TestPeople.Add(Api.Services, "operator", null, email, isReal: true)));

    private async Task Change(AccountId id, Func<Account, Account> change)
    {
        await using var scope = Api.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<AccountCommits>().Change(id, ChangeKind.AccountChanged, change, Token)).ShouldNotBeNull();
    }

    private static DefaultHttpContext Request(AccountId id, Guid session) => new()
    {
        User = new(new SignedInIdentity(new(id.ToString(), Role.Operator, null, "Ola"), SessionCookie.SchemeName, null)
        {
            Account = id, Session = session, NeedsSecondFactor = true,
        }),
    };

    private static async Task SignIn(PageClient reader, string email) =>
        (await reader.Send("/sign-in", "password", [("Email", email), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.Found);

    private static async Task<(HttpStatusCode Status, string Said)> Answer(PageClient reader, string email, string password)
    {
        var (status, text, _) = await reader.Send("/sign-in", "password", [("Email", email), ("Password", password)]);
        return (status, WebUtility.HtmlDecode(Fault().Match(text).Groups[1].Value));
    }

    [GeneratedRegex("""<code class="secret">([^<]*)</code>""")]
    private static partial Regex Secret();

    [GeneratedRegex("""<p class="faults" role="alert">([^<]*)</p>""")]
    private static partial Regex Fault();

    /// <summary>Refuses a second factor, as a busy ledger does.</summary>
    private sealed class NoSecondFactor : IUserValidator<AccountDraft>
    {
        public bool IsStrict { get; set; }

        public Task<IdentityResult> ValidateAsync(UserManager<AccountDraft> manager, AccountDraft user) => Task.FromResult(
            IsStrict && user.Row.HasSecondFactor ? IdentityResult.Failed(new IdentityError { Code = "Busy" }) : IdentityResult.Success);
    }
}
