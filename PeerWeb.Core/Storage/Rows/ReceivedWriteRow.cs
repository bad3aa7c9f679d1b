using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>A write that had an effect and what it was answered, in the effect's transaction and for 30 days: a repeat has no second one.</summary>
internal sealed class ReceivedWriteRow
{
    /// <summary>Guid.Empty for local writers.</summary>
    public required Guid PeerId { get; init; }

    /// <summary>As the peer gave it; of a local writer a digest of user and key.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>User name of who wrote, at the peer or here.</summary>
    public required string Actor { get; init; }

    public required string BodyHash { get; init; }

    /// <summary>The outcomes in the order of the writes, JSON.</summary>
    public required string Outcomes { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long Received { get; init; }
}

internal sealed class ReceivedWriteRowMap : IEntityTypeConfiguration<ReceivedWriteRow>
{
    public void Configure(EntityTypeBuilder<ReceivedWriteRow> builder)
    {
        builder.ToTable("received_writes");
        builder.HasKey(row => new { row.PeerId, row.IdempotencyKey });
        builder.Property(row => row.IdempotencyKey).HasMaxLength(80);
        builder.Property(row => row.Actor).HasMaxLength(64);
        builder.Property(row => row.BodyHash).HasMaxLength(64);
        builder.HasIndex(row => row.Received);
    }
}
