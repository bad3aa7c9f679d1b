using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>Who is sending to a peer, and until when nobody else may.</summary>
internal sealed class OutboxLaneRow
{
    public required Guid PeerId { get; init; }

    public required Guid Holder { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long LeasedUntil { get; set; }
}

internal sealed class OutboxLaneRowMapping : IEntityTypeConfiguration<OutboxLaneRow>
{
    public void Configure(EntityTypeBuilder<OutboxLaneRow> builder)
    {
        builder.ToTable("outbox_lanes");
        builder.HasKey(row => row.PeerId);
        builder.HasOne<PeerRow>().WithOne().HasForeignKey<OutboxLaneRow>(row => row.PeerId).OnDelete(DeleteBehavior.Cascade);
    }
}
