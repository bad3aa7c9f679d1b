using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PeerWeb.Core.Sync;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>A message to a peer. Instants are Unix milliseconds.</summary>
internal sealed class OutboxRow
{
    /// <summary>Given by the database in the order of commits; a peer's messages are sent in it.</summary>
    public long Sequence { get; init; }

    public required Guid PeerId { get; init; }

    public required string Kind { get; init; }

    public required string Body { get; init; }

    public required string IdempotencyKey { get; init; }

    public MessageState State { get; set; }

    public int Attempts { get; set; }

    public required long Created { get; init; }

    public required long NextTry { get; set; }

    public long? Settled { get; set; }

    public string? Reason { get; set; }

    /// <summary>The local user whose doing it tells of; null where it is an admin's.</summary>
    public string? About { get; init; }

    /// <summary>What it tells of, such as a grant's id; empty where nothing single.</summary>
    public Guid Subject { get; init; }
}

internal sealed class OutboxRowMapping : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedOnAdd();
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.Property(row => row.IdempotencyKey).HasMaxLength(64);
        builder.HasIndex(row => row.IdempotencyKey).IsUnique();
        builder.Property(row => row.About).HasMaxLength(64);
        builder.HasIndex(row => new { row.About, row.Sequence });
        builder.HasIndex(row => new { row.State, row.PeerId, row.Sequence });
        builder.HasOne<PeerRow>().WithMany().HasForeignKey(row => row.PeerId).OnDelete(DeleteBehavior.Cascade);
    }
}
