using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>Which variables of the server's environment its solver gets.</summary>
public sealed class SolverEnvironmentTests
{
    [Theory]
    [InlineData("PATH", true)]
    [InlineData("HOME", true)]
    [InlineData("TMPDIR", true)]
    [InlineData("LANG", true)]
    [InlineData("LC_ALL", true)]
    [InlineData("TZ", true)]
    [InlineData("DOTNET_GCgen0size", true)]
    [InlineData("PGPASSWORD", false)]
    [InlineData("ConnectionStrings__Scheduler", false)]
    [InlineData("Scheduler__Bootstrap__OperatorKey", false)]
    [InlineData("Kestrel__Certificates__Default__Password", false)]
    [InlineData("DOTNET_ConnectionStrings__Scheduler", false)]
    [InlineData("ASPNETCORE_Kestrel__Certificates__Default__Password", false)]
    public void The_solver_gets_only_what_a_process_needs(string name, bool isKept) => SolverEnvironment.Keeps(name).ShouldBe(isKept);
}
