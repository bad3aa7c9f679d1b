using System.Net;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace PeerWeb.Features.Calendars.Components;

/// <summary>HTML as one text, where a frame for each element and attribute costs too much. Whatever it is given is shown as it is and never becomes markup.</summary>
/// <remarks>Names of elements and attributes are the program's own. Attributes follow their element before anything else does.</remarks>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();
    private bool _isInTag;

    public HtmlText Open(string element)
    {
        EndTag();
        _html.Append('<').Append(element);
        _isInTag = true;
        return this;
    }

    /// <param name="value">Null: the attribute is left out, as components leave it out.</param>
    /// <exception cref="InvalidOperationException">No element has just been opened.</exception>
    public HtmlText Attribute(string name, string? value)
    {
        if (!_isInTag)
            throw new InvalidOperationException("An attribute stands in the tag of its element.");
        if (value is not null)
            _html.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        return this;
    }

    public HtmlText Text(string text)
    {
        EndTag();
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    public HtmlText Close(string element)
    {
        EndTag();
        _html.Append("</").Append(element).Append('>');
        return this;
    }

    public MarkupString ToMarkup() => new(_html.ToString());

    private void EndTag()
    {
        if (_isInTag)
            _html.Append('>');
        _isInTag = false;
    }
}
