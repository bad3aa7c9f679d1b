using Xunit;

namespace PeerWeb.Tests;

/// <summary>Tests of what all of this process share: its heap, its pools of connections. Nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
