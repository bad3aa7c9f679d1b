using System.Net;
using PeerWeb.Core.Federation.Client.Http;
using Xunit;

namespace PeerWeb.Tests.Federation.Client.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a01:4f8::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("::ffff:8.8.8.8")]
    public void A_public_address_may_be_connected_to(string address) => Assert.True(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void A_private_or_special_address_may_not(string address) => Assert.False(AddressGuard.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://acme.localhost/")]
    [InlineData("http://LOCALHOST./")]
    public async Task No_spelling_of_loopback_gets_through(string address)
    {
        // Whatever our own rules do not recognise, the resolver would read as the numbers they are.
        var connector = new PeerConnector(new PeerHttpOptions(), (_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        var refused = await Assert.ThrowsAsync<PeerUnavailableException>(
            () => connector.AllowedAsync(new Uri(address).IdnHost, TestContext.Current.CancellationToken));
        Assert.Equal(UnavailableReason.AddressRefused, refused.Reason);
    }

    [Fact]
    public async Task Of_a_name_with_several_addresses_only_the_public_ones_are_tried()
    {
        var good = IPAddress.Parse("8.8.8.8");
        var connector = new PeerConnector(new PeerHttpOptions(), (_, _) => Task.FromResult(new[] { IPAddress.Parse("10.0.0.1"), good, IPAddress.IPv6Loopback }));
        Assert.Equal([good], await connector.AllowedAsync("peer.example", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_below_localhost_are_loopback_without_asking_a_resolver()
    {
        var options = new PeerHttpOptions { AllowPrivateAddresses = true };
        var connector = new PeerConnector(options, (host, _) => throw new InvalidOperationException(host));
        Assert.Equal([IPAddress.Loopback], await connector.AllowedAsync("acme.localhost", TestContext.Current.CancellationToken));
        Assert.Equal([IPAddress.Loopback], await connector.AllowedAsync("localhost", TestContext.Current.CancellationToken));
    }
}
