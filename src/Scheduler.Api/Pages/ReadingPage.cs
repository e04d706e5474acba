using Microsoft.AspNetCore.Components;

namespace Scheduler.Api;

/// <summary>A page that reads what it shows before it is rendered, so that it is rendered once and whole.</summary>
public abstract class ReadingPage : ComponentBase
{
    /// <inheritdoc />
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Read();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task Read();
}
