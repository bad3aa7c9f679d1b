using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

internal sealed class CollectionRow
{
    public long Key { get; init; }

    /// <summary>The public id, "D" format, lower case, so that it sorts the same in every database.</summary>
    public required string Id { get; init; }

    public required string App { get; init; }

    public required string Owner { get; init; }

    public required string Name { get; set; }

    public string? Color { get; set; }

    /// <summary>The sequence of the last change; assigned inside the commit.</summary>
    public long Sequence { get; set; }

    /// <summary>Changes up to this one are no longer in the log; older tokens are gone.</summary>
    public long PrunedThrough { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }
}

internal sealed class CollectionRowMap : IEntityTypeConfiguration<CollectionRow>
{
    public void Configure(EntityTypeBuilder<CollectionRow> builder)
    {
        builder.ToTable("collections");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Id).HasMaxLength(36);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => new { row.Owner, row.App });
    }
}
