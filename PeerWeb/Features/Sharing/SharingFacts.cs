using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;
using PeerWeb.Features.Sharing.Matrix;

namespace PeerWeb.Features.Sharing;

/// <summary>What one user shares.</summary>
/// <param name="Own">Their own address.</param>
/// <param name="Deliveries">How other installations were told, the newest first.</param>
public sealed record SharingFacts(Address Own, MatrixFacts Matrix, IReadOnlyList<SharedDelivery> Deliveries);

/// <summary>How another installation was told of one grant, or is being told.</summary>
/// <param name="PeerName">What the installation calls itself.</param>
/// <param name="To">The principal's address.</param>
/// <param name="IsEnd">Told is that it ended.</param>
/// <param name="NextTry">Null once settled.</param>
/// <param name="Reason">Why it last failed or was refused.</param>
public sealed record SharedDelivery(
    MatrixKey Key, PeerId Peer, string PeerName, string To, bool IsEnd, MessageState State, Instant? Settled, int Attempts, Instant? NextTry, string? Reason);

/// <summary>Whom a typed text names.</summary>
public abstract record PrincipalAnswer
{
    private PrincipalAnswer()
    {
    }

    public sealed record Found(MatrixPrincipal Principal) : PrincipalAnswer;

    /// <param name="Reason">Why nobody there can be given anything, and what to do about it.</param>
    public sealed record Refused(string Reason) : PrincipalAnswer;
}
