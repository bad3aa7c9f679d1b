using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>What lists and searches read of an entry. The table is narrow and clustered by its key: a page of a collection is one stretch of it, a search reads it and no text.</summary>
/// <remarks>Written and removed with its entry, in the same transaction; it has no reference to it, which would cost an index.</remarks>
internal sealed class ListingRow
{
    public required long CollectionKey { get; init; }

    /// <summary>As the entry has it.</summary>
    public required string SortTitle { get; init; }

    public required string Uid { get; init; }

    public required long EntryKey { get; init; }

    public required bool IsPrivate { get; init; }

    /// <summary>Unix seconds; null without time.</summary>
    public required long? FirstStart { get; init; }

    /// <summary>Folded.</summary>
    public required string SearchText { get; init; }
}

internal sealed class ListingRowMap : IEntityTypeConfiguration<ListingRow>
{
    /// <remarks>Its migration makes it WITHOUT ROWID, which EF Core has no word for; a later one that rebuilds the table says so again.</remarks>
    public void Configure(EntityTypeBuilder<ListingRow> builder)
    {
        builder.ToTable("listings");
        builder.HasKey(row => new { row.CollectionKey, row.SortTitle, row.Uid });
        builder.HasOne<CollectionRow>().WithMany().HasForeignKey(row => row.CollectionKey);
    }
}
