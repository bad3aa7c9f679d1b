using PeerWeb.Core.Federation.Budgets;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>What our clients to peers are allowed to do.</summary>
public sealed record PeerHttpOptions
{
    /// <summary>Loopback, private and other special addresses; for Development and the demo.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>http beside https; for Development and the demo.</summary>
    public bool AllowPlainHttp { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For one attempt from connecting to the last byte of the body; a request may carry its own in <see cref="PeerRequestOptions.Deadline"/>.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What we ask of each peer at most.</summary>
    public PeerBudgetOptions Budget { get; init; } = new();

    /// <summary>Largest body of an answer, in bytes.</summary>
    public int ResponseCap { get; init; } = 10 * 1024 * 1024;
}
