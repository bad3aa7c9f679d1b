using PeerWeb.Identity;
using Xunit;

namespace PeerWeb.Tests.Identity;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/sharing?a=b#c")]
    [InlineData("/")]
    public void A_local_path_is_kept(string wanted) => Assert.Equal(wanted, ReturnUrl.Local(wanted));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("calendar")]
    public void Anything_else_leads_to_the_first_page(string? wanted) => Assert.Equal("/calendar", ReturnUrl.Local(wanted));
}
