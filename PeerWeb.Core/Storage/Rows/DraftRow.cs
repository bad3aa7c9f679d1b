using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>A write that its user chose to keep because its owner could not be reached.</summary>
internal sealed class DraftRow
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    public required string App { get; init; }

    /// <summary>For lists.</summary>
    public required string Title { get; set; }

    /// <summary>JSON of the app's feature.</summary>
    public required string Body { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long Created { get; init; }

    public required long Changed { get; set; }
}

internal sealed class DraftRowMap : IEntityTypeConfiguration<DraftRow>
{
    public void Configure(EntityTypeBuilder<DraftRow> builder)
    {
        builder.ToTable("drafts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Owner).HasMaxLength(64);
        builder.Property(row => row.App).HasMaxLength(32);
        builder.HasIndex(row => new { row.Owner, row.App });
    }
}
