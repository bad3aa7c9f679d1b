namespace PeerWeb.Core.Federation.Budgets;

/// <summary>How much one peer may ask of us in a minute, and we of it; each direction and each peer has a budget of its own.</summary>
public sealed record PeerBudgetOptions
{
    /// <summary>At least 1.</summary>
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>Bodies of requests and answers together; at least 1.</summary>
    public long BytesPerMinute { get; init; } = 64 * 1024 * 1024;
}
