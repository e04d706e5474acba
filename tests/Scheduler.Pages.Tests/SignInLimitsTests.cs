using System.Net;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>How many wrong answers one caller and one e-mail address may give.</summary>
public sealed class SignInLimitsTests
{
    [Fact]
    public void Wrong_answers_for_one_address_close_it_for_every_caller_and_no_other_address()
    {
        using var limits = new SignInLimits();
        for (var k = 0; k < AccountLimits.WrongSignInsOfEmail; k++)
        {
            limits.IsOpen(From($"10.0.0.{k}"), "a@b.example").ShouldBeTrue();
            limits.Count(From($"10.0.0.{k}"), "a@b.example");
        }

        limits.IsOpen(From("10.0.1.1"), " A@B.example").ShouldBeFalse();
        limits.IsOpen(From("10.0.0.1"), "c@b.example").ShouldBeTrue();
    }

    [Fact]
    public void Wrong_answers_of_one_caller_close_all_addresses_for_it_alone()
    {
        using var limits = new SignInLimits();
        for (var k = 0; k < AccountLimits.WrongSignInsOfCaller; k++)
            limits.Count(From("10.0.0.1"), $"{k}@b.example");
        limits.IsOpen(From("10.0.0.1"), "new@b.example").ShouldBeFalse();
        limits.IsOpen(From("10.0.0.2"), "new@b.example").ShouldBeTrue();
    }

    [Fact]
    public async Task The_tries_for_one_address_are_looked_at_one_after_another()
    {
        using var limits = new SignInLimits();
        var first = await limits.Turn(From("10.0.0.1"), "a@b.example");
        first.IsAcquired.ShouldBeTrue();
        var second = limits.Turn(From("10.0.0.2"), " A@B.example");
        second.IsCompleted.ShouldBeFalse();
        using (await limits.Turn(From("10.0.0.1"), "c@b.example"))
            second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        using var turn = await second;
        turn.IsAcquired.ShouldBeTrue();
        var waiting = Enumerable.Range(0, AccountLimits.WrongSignInsOfEmail).Select(k => limits.Turn(From($"10.0.1.{k}"), "a@b.example").AsTask()).ToList();
        waiting.ShouldAllBe(one => !one.IsCompleted);
        using var tooMany = await limits.Turn(From("10.0.2.1"), "a@b.example");
        tooMany.IsAcquired.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.2", false)]
    public void A_caller_with_IPv6_is_counted_by_its_network(string one, string other, bool isSame)
    {
        using var limits = new SignInLimits();
        for (var k = 0; k < AccountLimits.WrongSignInsOfCaller; k++)
            limits.Count(From(one), $"{k}@b.example");
        limits.IsOpen(From(other), "new@b.example").ShouldBe(!isSame);
    }

    [Fact]
    public void An_address_without_an_account_is_locked_and_opens_again()
    {
        using var limits = new SignInLimits();
        var now = Instant.FromUtc(2026, 3, 2, 12, 0);
        for (var k = 1; k < AccountLimits.WrongSignIns; k++)
            limits.CountUnknown("a@b.example", now).ShouldBeNull();
        var until = now + Duration.FromMinutes(AccountLimits.LockMinutes);
        limits.CountUnknown("a@b.example", now).ShouldBe(until);
        // An answer that comes while the address is locked does not open it.
        limits.CountUnknown("a@b.example", now).ShouldBe(until);
        limits.LockOfUnknown("A@b.example", until - Duration.Epsilon).ShouldBe(until);
        limits.LockOfUnknown("a@b.example", until).ShouldBeNull();
        limits.CountUnknown("a@b.example", until).ShouldBeNull();
    }

    [Theory]
    [InlineData("short", "password.short")]
    [InlineData(null, "password.short")]
    [InlineData("aaaaaaaaaaaaaaaa", "password.same")]
    [InlineData("ms.birch@school.example", "password.email")]
    [InlineData("twelve chars", null)]
    public void A_password_is_judged_by_its_length_alone(string? password, string? fault) =>
        PasswordRules.Fault(password, "Ms.Birch@school.example ").ShouldBe(fault);

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari, iOS")]
    [InlineData("curl/8", "")]
    public void A_session_is_called_by_its_browser_and_system(string header, string name) => BrowserName.Of(header).ShouldBe(name);

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
