using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.WebUtilities;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Lists;

/// <summary>An entry of any source as a part of an address: <c>?entry=ada@acme.example/notes/&lt;id&gt;/&lt;base64url(UID)&gt;</c>.</summary>
public readonly record struct EntryLink(SourceId Source, Uid Uid)
{
    public const string Parameter = "entry";

    public static EntryLink Of(MergedEntry entry) => new(entry.Source, entry.Summary.Uid);

    /// <param name="page">Such as <c>/notes</c>.</param>
    public string On(string page) => QueryHelpers.AddQueryString(page, Parameter, ToString());

    public override string ToString() => $"{Source}/{WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(Uid.Value))}";

    public static bool TryParse([NotNullWhen(true)] string? text, out EntryLink link)
    {
        link = default;
        if (text?.LastIndexOf('/') is not (> 0 and var slash) || !SourceId.TryParse(text[..slash], out var source))
            return false;
        try
        {
            if (!Uid.TryParse(System.Text.Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text[(slash + 1)..])), out var uid))
                return false;
            link = new EntryLink(source, uid);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
