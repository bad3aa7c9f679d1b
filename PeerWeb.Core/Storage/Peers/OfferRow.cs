using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>A grant that a peer told us of, as its last notice said. Instants are Unix milliseconds.</summary>
internal sealed class OfferRow
{
    public required Guid PeerId { get; init; }

    public required Guid GrantId { get; init; }

    public required int Version { get; set; }

    public required string Owner { get; init; }

    public required string App { get; init; }

    /// <summary>Empty: everything of the app.</summary>
    public required string CollectionId { get; init; }

    /// <summary>What it covers by name, JSON.</summary>
    public required string Covered { get; set; }

    /// <summary>Empty: everyone here.</summary>
    public required string Recipient { get; init; }

    public required int Rights { get; set; }

    public required long Received { get; init; }

    public required long Changed { get; set; }

    public long? Ended { get; set; }
}

internal sealed class OfferRowMapping : IEntityTypeConfiguration<OfferRow>
{
    public void Configure(EntityTypeBuilder<OfferRow> builder)
    {
        builder.ToTable("offers");
        builder.HasKey(row => new { row.PeerId, row.GrantId });
        builder.Property(row => row.Owner).HasMaxLength(64);
        builder.Property(row => row.App).HasMaxLength(32);
        builder.Property(row => row.CollectionId).HasMaxLength(36);
        builder.Property(row => row.Recipient).HasMaxLength(64);
        builder.HasIndex(row => row.Recipient);
        builder.HasOne<PeerRow>().WithMany().HasForeignKey(row => row.PeerId).OnDelete(DeleteBehavior.Cascade);
    }
}
