using System.Text;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Peers;
using Xunit;

namespace PeerWeb.Tests.Federation.Discovery;

public sealed class LinkWireTests
{
    public static TheoryData<int> All => [0, 1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_message_survives_the_wire_and_has_a_call(int number)
    {
        var pair = new KeyPair(new(new InstallationId(Guid.NewGuid()), Keys.New().Thumbprint), new(new InstallationId(Guid.NewGuid()), Keys.New().Thumbprint));
        var names = new LinkNames(new LinkId(Guid.NewGuid()), number % 2 == 0 ? null : new LinkId(Guid.NewGuid()));
        LinkMessage[] messages =
        [
            new LinkMessage.Request(names, Domain.Parse("acme.example"), new InstallationId(Guid.NewGuid()), Keys.New()),
            new LinkMessage.Approve(names, pair), new LinkMessage.Reject(names), new LinkMessage.Suspend(names), new LinkMessage.Resume(names), new LinkMessage.Revoke(names),
        ];

        var draft = LinkWire.Write(messages[number]);

        Assert.Equal(messages[number], LinkWire.Read(draft.Kind, Encoding.UTF8.GetBytes(draft.Body), out _));
        Assert.Single(LinkWire.Routes, route => route.Kind == draft.Kind);
    }

    [Theory]
    [InlineData(LinkMessageKinds.Suspend, "")]
    [InlineData(LinkMessageKinds.Suspend, "null")]
    [InlineData(LinkMessageKinds.Suspend, "[]")]
    [InlineData(LinkMessageKinds.Suspend, "{}")]
    [InlineData(LinkMessageKinds.Suspend, "{\"link\":\"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11\",\"more\":1}")]
    [InlineData(LinkMessageKinds.Approve, "{}")]
    [InlineData(LinkMessageKinds.Approve, "{\"from\":null,\"to\":null}")]
    [InlineData(LinkMessageKinds.Approve, "{\"from\":{\"installationId\":\"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11\",\"thumbprint\":\"x\"},\"to\":{\"installationId\":\"7b7d3c3e-2f8e-4a3e-9a65-6f2f3f0d8a11\",\"thumbprint\":\"x\"}}")]
    public void Anything_else_is_refused_with_a_reason(string kind, string body)
    {
        Assert.Null(LinkWire.Read(kind, Encoding.UTF8.GetBytes(body), out var problem));
        Assert.NotEmpty(problem);
    }
}
