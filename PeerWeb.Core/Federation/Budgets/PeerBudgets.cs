using System.Collections.Concurrent;

namespace PeerWeb.Core.Federation.Budgets;

/// <summary>The budgets of those who ask us, one for each row of a peer; what one spends is never another's loss.</summary>
public sealed class PeerBudgets(PeerBudgetOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, PeerBudget> _budgets = new();

    public PeerBudget Of(Guid peer) => _budgets.GetOrAdd(peer, _ => new PeerBudget(options, clock));
}
