using PeerWeb.Core.Peers;

namespace PeerWeb.Cli.Peers;

/// <summary>Which peer a person means: by id, or by domain where only one link with it still counts.</summary>
internal static class PeerChoice
{
    public static async Task<Peer> FindAsync(PeerLinks links, string text, CancellationToken cancellationToken)
    {
        var peers = await links.ListAsync(cancellationToken);
        if (Guid.TryParse(text, out var id))
            return peers.FirstOrDefault(peer => peer.Id.Value == id) ?? throw new CommandFailedException($"There is no peer {id}.");
        if (!DomainInput.TryRead(text, out var domain, out var problem))
            throw new CommandFailedException(problem);
        var rows = peers.Where(peer => peer.Domain == domain && peer.State != LinkState.Revoked).ToList();
        return rows switch
        {
            [var only] => only,
            [] => throw new CommandFailedException($"There is no link with {domain}."),
            _ => throw new CommandFailedException($"{rows.Count} links claim {domain}; say which by its id: {string.Join(", ", rows.Select(row => row.Id))}."),
        };
    }
}
