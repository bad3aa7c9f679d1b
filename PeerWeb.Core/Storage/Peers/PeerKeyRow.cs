using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>What a peer's key counts for. The numbers are stored.</summary>
internal enum PeerKeyUse
{
    /// <summary>The peer signs with it.</summary>
    Current = 0,

    /// <summary>Discovery showed it in place of the current one; it verifies nothing.</summary>
    Seen = 1,
}

/// <summary>A public key of a peer. The same key may stand in several rows: a revoked link and the one that followed it.</summary>
internal sealed class PeerKeyRow
{
    public required Guid PeerId { get; init; }

    public required PeerKeyUse Use { get; init; }

    public required string Thumbprint { get; set; }

    /// <summary>Canonical JWK, RFC 7638 3.2.</summary>
    public required string Jwk { get; set; }
}

internal sealed class PeerKeyRowMapping : IEntityTypeConfiguration<PeerKeyRow>
{
    public void Configure(EntityTypeBuilder<PeerKeyRow> builder)
    {
        builder.ToTable("peer_keys");
        builder.HasKey(row => new { row.PeerId, row.Use });
        builder.Property(row => row.Thumbprint).HasMaxLength(43);
        builder.HasIndex(row => row.Thumbprint);
    }
}
