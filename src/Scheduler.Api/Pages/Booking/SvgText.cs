using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Scheduler.Api;

/// <summary>A text in a drawing. Razor has a tag of its own with the name of SVG's element, so the element is written here, with its content encoded.</summary>
internal static class SvgText
{
    public static MarkupString Of(string name, double x, double y, string content) => new(string.Create(
        CultureInfo.InvariantCulture, $"<text class=\"{name}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{HtmlEncoder.Default.Encode(content)}</text>"));
}
