using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>A call that was received and what it was answered, for 30 days: a repeat has no second effect.</summary>
internal sealed class ReceivedMessageRow
{
    public required Guid PeerId { get; init; }

    public required string IdempotencyKey { get; init; }

    public required string BodyHash { get; init; }

    /// <summary>Null where it was accepted.</summary>
    public string? RefusedReason { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long Received { get; init; }
}

internal sealed class ReceivedMessageRowMapping : IEntityTypeConfiguration<ReceivedMessageRow>
{
    public void Configure(EntityTypeBuilder<ReceivedMessageRow> builder)
    {
        builder.ToTable("received_messages");
        builder.HasKey(row => new { row.PeerId, row.IdempotencyKey });
        builder.Property(row => row.IdempotencyKey).HasMaxLength(64);
        builder.Property(row => row.BodyHash).HasMaxLength(64);
        builder.HasIndex(row => row.Received);
        builder.HasOne<PeerRow>().WithMany().HasForeignKey(row => row.PeerId).OnDelete(DeleteBehavior.Cascade);
    }
}
