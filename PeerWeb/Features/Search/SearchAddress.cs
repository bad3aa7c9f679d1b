using Microsoft.AspNetCore.WebUtilities;

namespace PeerWeb.Features.Search;

/// <summary>The address of a search: <c>/search?q=words</c>.</summary>
public static class SearchAddress
{
    public const string Page = "/search";
    public const string Parameter = "q";

    public static string Of(string text) => string.IsNullOrWhiteSpace(text) ? Page : QueryHelpers.AddQueryString(Page, Parameter, text.Trim());
}
