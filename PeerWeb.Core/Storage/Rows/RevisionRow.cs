using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>A text that was replaced or deleted, with the ETag it had; trash, undo, activity and merge read it.</summary>
internal sealed class RevisionRow
{
    public long Key { get; init; }

    public required long CollectionKey { get; init; }

    public required string Uid { get; init; }

    public required int Epoch { get; init; }

    public required long Sequence { get; init; }

    public required string Text { get; init; }

    public required bool IsPrivate { get; init; }

    /// <summary>The sequence of the change that replaced it.</summary>
    public required long ReplacedBy { get; init; }

    public required bool WasDeleted { get; init; }
}

internal sealed class RevisionRowMap : IEntityTypeConfiguration<RevisionRow>
{
    public void Configure(EntityTypeBuilder<RevisionRow> builder)
    {
        builder.ToTable("revisions");
        builder.HasKey(row => row.Key);
        builder.HasIndex(row => new { row.CollectionKey, row.Uid, row.Sequence });
    }
}
