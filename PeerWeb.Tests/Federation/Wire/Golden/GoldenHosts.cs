using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>Two installations for the tests of what one can ask of another.</summary>
[CollectionDefinition]
public sealed class GoldenHosts : ICollectionFixture<FrontedHosts>;
