using System.Text.Json;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>Says in a sentence why a peer's answer is missing; none of it ever means that entries are gone.</summary>
internal static class PeerFailure
{
    public static string ReasonOf(Exception exception) => exception switch
    {
        PeerUnavailableException unavailable => unavailable.Message,
        PeerRefusedException { Slug: PeerProblems.ClockSkew } refused => $"The two clocks differ too much. {refused.Message}",
        // By its own words it would be "this server's".
        PeerRefusedException { Slug: PeerProblems.StorageFull } => "Its disk is full.",
        PeerRefusedException { Slug: PeerProblems.StorageBusy } => "Its database is busy with other work.",
        PeerRefusedException { Slug: PeerProblems.StorageBroken } => "Its database does not answer.",
        PeerRefusedException refused => refused.Message,
        StoreUnavailableException ours => ours.Message,
        OperationCanceledException => "It did not answer in time.",
        JsonException => "It sent an answer that cannot be read.",
        _ => "Its answer could not be used.",
    };

    /// <summary>False only where a write surely never happened: it was never sent, or the owner said that it did nothing.</summary>
    public static bool MayHaveHappened(Exception exception) => exception switch
    {
        PeerUnavailableException unavailable => unavailable.MayHaveArrived,
        PeerRefusedException refused => refused.MayHaveHappened,
        StoreUnavailableException ours => ours.MayHaveHappened,
        _ => true,
    };
}
