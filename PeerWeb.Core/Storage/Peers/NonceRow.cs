using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>A nonce that a peer has used, kept until a request signed with it would be refused by its time.</summary>
internal sealed class NonceRow
{
    public required Guid PeerId { get; init; }

    public required string Nonce { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long Expires { get; init; }
}

internal sealed class NonceRowMapping : IEntityTypeConfiguration<NonceRow>
{
    public void Configure(EntityTypeBuilder<NonceRow> builder)
    {
        builder.ToTable("nonces");
        builder.HasKey(row => new { row.PeerId, row.Nonce });
        builder.Property(row => row.Nonce).HasMaxLength(128);
        builder.HasIndex(row => row.Expires);
    }
}
