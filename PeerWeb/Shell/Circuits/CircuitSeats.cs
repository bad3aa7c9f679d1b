namespace PeerWeb.Shell.Circuits;

/// <summary>How many connected circuits a user has: each open page is one, with memory and a connection of its own.</summary>
internal sealed class CircuitSeats
{
    public const int PerUser = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);

    /// <summary>Somebody left, whom it names.</summary>
    public event Action<string>? Left;

    public bool TryTake(string user)
    {
        lock (gate)
        {
            var count = taken.GetValueOrDefault(user);
            if (count >= PerUser) return false;
            taken[user] = count + 1;
            return true;
        }
    }

    /// <summary>Gives back what was taken, once for each.</summary>
    public void Leave(string user)
    {
        lock (gate)
        {
            if (taken[user] == 1) taken.Remove(user);
            else taken[user]--;
        }
        Left?.Invoke(user);
    }
}
