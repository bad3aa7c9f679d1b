using PeerWeb.Core.Peers;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class DomainInputTests
{
    [Theory]
    [InlineData("globex.example", "globex.example")]
    [InlineData("  Globex.Example ", "globex.example")]
    [InlineData("https://globex.example/admin/peers?x=1#top", "globex.example")]
    [InlineData("HTTPS://GLOBEX.EXAMPLE", "globex.example")]
    [InlineData("https://globex.example:443/", "globex.example")]
    [InlineData("http://globex.localhost:5102/", "globex.localhost:5102")]
    [InlineData("globex.localhost:5102", "globex.localhost:5102")]
    [InlineData("sam@globex.example", "globex.example")]
    [InlineData("globex.example.", "globex.example")]
    [InlineData("b\u00FCcher.example", "xn--bcher-kva.example")]
    public void What_people_paste_is_read(string text, string domain)
    {
        Assert.True(DomainInput.TryRead(text, out var read, out var problem), problem);
        Assert.Equal(domain, read.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("not a domain")]
    [InlineData("https://")]
    [InlineData("globex.example:99999")]
    [InlineData("[::1]")]
    [InlineData("-globex.example")]
    public void Anything_else_is_explained(string? text)
    {
        Assert.False(DomainInput.TryRead(text, out _, out var problem));
        Assert.Contains("globex.example", problem, StringComparison.Ordinal);
    }
}
