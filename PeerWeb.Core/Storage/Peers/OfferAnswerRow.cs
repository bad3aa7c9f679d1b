using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>What one user answered to an offer.</summary>
internal sealed class OfferAnswerRow
{
    public required Guid PeerId { get; init; }

    public required Guid GrantId { get; init; }

    public required string User { get; init; }

    public required OfferAnswer Answer { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long Answered { get; set; }

    /// <summary>The ended offer was put away.</summary>
    public bool IsDismissed { get; set; }
}

internal sealed class OfferAnswerRowMapping : IEntityTypeConfiguration<OfferAnswerRow>
{
    public void Configure(EntityTypeBuilder<OfferAnswerRow> builder)
    {
        builder.ToTable("offer_answers");
        builder.HasKey(row => new { row.PeerId, row.GrantId, row.User });
        builder.Property(row => row.User).HasMaxLength(64);
        builder.HasIndex(row => row.User);
        builder.HasOne<OfferRow>().WithMany().HasForeignKey(row => new { row.PeerId, row.GrantId }).OnDelete(DeleteBehavior.Cascade);
    }
}
