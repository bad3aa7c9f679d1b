using System.Reflection;
using Fluxor;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>Features stand side by side, and within one only effects and its query class reach what is behind the pages.</summary>
public sealed class PageRules
{
    private const string Features = "PeerWeb.Features";
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Ports and what stands on them. Records of the ports, such as an entry or a peer, are not among them: pages show those.</summary>
    private static readonly string[] Ports =
    [
        "Microsoft.EntityFrameworkCore", "PeerWeb.Core.Storage", "PeerWeb.Identity.IdentityStore",
        "PeerWeb.Core.Entries.IEntrySource", "PeerWeb.Core.Entries.IEntryStore", "PeerWeb.Core.Entries.EntryImport",
        "PeerWeb.Core.Sharing.IScopedEntryStore", "PeerWeb.Core.Sharing.GuardedEntryStore", "PeerWeb.Core.Sharing.GuardedEntryStores",
        "PeerWeb.Core.Federation.Merge.MergedView", "PeerWeb.Core.Federation.Merge.IPeerSources", "PeerWeb.Core.Federation.Client",
        "PeerWeb.Core.Federation.Discovery", "PeerWeb.Core.Federation.Wire",
        "PeerWeb.Core.Peers.IPeerBook", "PeerWeb.Core.Peers.IDiscoveryClient", "PeerWeb.Core.Peers.INonceBook", "PeerWeb.Core.Peers.ILinkProbe", "PeerWeb.Core.Peers.IMethodsProbe",
        "PeerWeb.Core.Peers.PeerLinks", "PeerWeb.Core.Peers.PeerComparison", "PeerWeb.Core.Peers.ReceivedLinks",
        "PeerWeb.Core.Sync.IOutboxStore", "PeerWeb.Core.Sync.IMessageTransport", "PeerWeb.Core.Sync.MessageOutbox",
    ];

    private static readonly Type[] Web = typeof(Program).Assembly.GetTypes();

    public static TheoryData<string> FeatureNames => [.. FeatureSpaces];

    private static IEnumerable<string> FeatureSpaces =>
        Code.In(Features).Select(type => string.Join('.', type.Namespace.Split('.').Take(3))).Where(space => space != Features).Distinct();

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void A_feature_knows_no_other_feature(string feature) =>
        Assert.Empty(Code.References(Code.In(feature), FeatureSpaces.Where(other => other != feature)));

    [Fact]
    public void What_features_share_knows_no_feature() => Assert.Empty(Code.References(Code.In("PeerWeb.Shared"), Features));

    [Fact]
    public void Components_and_reducers_reach_no_port()
    {
        var names = Web.Where(type => typeof(IComponent).IsAssignableFrom(type) || Has<ReducerMethodAttribute>(type)).Select(type => type.FullName).ToHashSet();

        Assert.True(names.Count > 20);
        Assert.Empty(Code.References(Code.Types.Where(type => names.Contains(type.Name)), Ports));
    }

    [Theory]
    [MemberData(nameof(FeatureNames))]
    public void A_feature_reaches_ports_in_its_effects_one_query_class_and_its_setup(string feature)
    {
        var effects = Web.Where(Has<EffectMethodAttribute>).Select(type => type.FullName).ToHashSet();
        var others = Code.In(feature)
            .Where(type => Code.References([type], Ports).Count > 0 && !effects.Contains(type.Name) && !type.Name.EndsWith("Setup", StringComparison.Ordinal))
            .Select(type => type.Name).ToList();

        Assert.All(others, name => Assert.EndsWith("Queries", name, StringComparison.Ordinal));
        Assert.InRange(Code.In(feature).Count(type => type.Name.EndsWith("Queries", StringComparison.Ordinal)), 0, 1);
    }

    private static bool Has<TAttribute>(Type type)
        where TAttribute : Attribute => type.GetMethods(Any).Any(method => method.IsDefined(typeof(TAttribute)));
}
