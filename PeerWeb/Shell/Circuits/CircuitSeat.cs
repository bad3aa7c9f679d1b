using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PeerWeb.Shell.Circuits;

/// <summary>One circuit's seat: taken while its browser is connected, given back when it goes, so that what a lost connection left behind keeps nobody out.</summary>
internal sealed class CircuitSeat(CircuitSeats seats, AuthenticationStateProvider session) : CircuitHandler, IDisposable
{
    private readonly Lock gate = new();
    private string? user;
    private bool isUp;
    private bool isTaken;

    /// <summary>Whether its user has no seat for it now.</summary>
    public bool IsRefused { get; private set; }

    /// <summary><see cref="IsRefused"/> is another; on any thread.</summary>
    public event Action? Changed;

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        user = (await session.GetAuthenticationStateAsync()).User.Identity?.Name;
        lock (gate) isUp = true;
        if (user is not null) Take(user);
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Leave();
        return Task.CompletedTask;
    }

    public void Dispose() => Leave();

    private void Take(string name)
    {
        bool isOther;
        lock (gate)
        {
            // Who is told of a free seat may have gone meanwhile.
            if (isTaken || !isUp) return;
            // Before it asks, so that whoever leaves in between is heard of; and once, however often it asks.
            seats.Left -= AskAgain;
            seats.Left += AskAgain;
            isTaken = seats.TryTake(name);
            if (isTaken) seats.Left -= AskAgain;
            isOther = IsRefused == isTaken;
            IsRefused = !isTaken;
        }
        if (isOther) Changed?.Invoke();
    }

    private void Leave()
    {
        lock (gate)
        {
            isUp = false;
            seats.Left -= AskAgain;
            if (!isTaken || user is null) return;
            isTaken = false;
        }
        seats.Leave(user);
    }

    private void AskAgain(string left)
    {
        if (left == user) Take(left);
    }
}
