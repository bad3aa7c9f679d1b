using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>One entry: the text, and columns that are rebuilt from it.</summary>
internal sealed class EntryRow
{
    public long Key { get; set; }

    public required long CollectionKey { get; init; }

    public required string Uid { get; init; }

    /// <summary>With <see cref="Sequence"/> the ETag.</summary>
    public required int Epoch { get; set; }

    public required long Sequence { get; set; }

    public required string Title { get; set; }

    /// <summary>As <see cref="Entries.QueryOrder.TitleKey"/> makes it; with collection and UID the key of its <see cref="ListingRow"/>.</summary>
    public required string SortTitle { get; set; }

    public required bool IsPrivate { get; set; }

    public required string Detail { get; set; }

    /// <summary>Unix seconds of the first start; null without time.</summary>
    public required long? FirstStart { get; set; }

    /// <summary>Unix seconds of the last end; null without time or without end.</summary>
    public required long? LastEnd { get; set; }

    /// <summary>Unix seconds; instances are materialised from here to <see cref="HorizonEnd"/>.</summary>
    public required long HorizonStart { get; set; }

    public required long HorizonEnd { get; set; }

    /// <summary>The time zone database its instances were computed with; another one means: rebuild.</summary>
    public required string TzdbVersion { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }

    public required long ModifiedAt { get; set; }

    /// <summary>The last column: SQLite reads what stands before it without the pages that a long text takes.</summary>
    public required string Text { get; set; }
}

internal sealed class EntryRowMap : IEntityTypeConfiguration<EntryRow>
{
    public void Configure(EntityTypeBuilder<EntryRow> builder)
    {
        builder.ToTable("entries");
        builder.HasKey(row => row.Key);
        builder.HasOne<CollectionRow>().WithMany().HasForeignKey(row => row.CollectionKey);
        builder.HasIndex(row => new { row.CollectionKey, row.Uid }).IsUnique();
        builder.HasIndex(row => new { row.CollectionKey, row.Sequence });
        builder.HasIndex(row => new { row.CollectionKey, row.HorizonEnd });
        builder.HasIndex(row => new { row.CollectionKey, row.HorizonStart });
        builder.HasIndex(row => new { row.CollectionKey, row.TzdbVersion });
    }
}
