using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>One change of one entry; written in the transaction of the change, never changed.</summary>
internal sealed class ChangeRow
{
    public required long CollectionKey { get; init; }

    public required long Sequence { get; init; }

    public required string Uid { get; init; }

    /// <summary>Whether the entry was there and public before; with <see cref="WasPublicAfter"/> it says for whom the change happened at all.</summary>
    public required bool WasPublicBefore { get; init; }

    public required bool WasPublicAfter { get; init; }

    public required string Actor { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }
}

internal sealed class ChangeRowMap : IEntityTypeConfiguration<ChangeRow>
{
    public void Configure(EntityTypeBuilder<ChangeRow> builder)
    {
        builder.ToTable("changes");
        builder.HasKey(row => new { row.CollectionKey, row.Sequence });
    }
}
