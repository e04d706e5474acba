using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pool.</summary>
internal static class PoolBody
{
    public static Pool Parse(Fields fields, PoolId id)
    {
        fields.SameId(id.Text);
        fields.Ignore("version");
        return new(id, fields.Line("name"), fields.Zone("zone"), fields.Line("image"));
    }
}
