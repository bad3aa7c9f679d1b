using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>One instance within the horizon, so that a month is an index range scan.</summary>
internal sealed class InstanceRow
{
    public long Key { get; init; }

    public long EntryKey { get; init; }

    public required long CollectionKey { get; init; }

    /// <summary>Empty where the entry does not recur.</summary>
    public required string RecurrenceId { get; init; }

    public required TimeKind Kind { get; init; }

    /// <summary>Seconds since 1970: of the instant for UTC and zoned, of the wall clock for floating times and dates.</summary>
    public required long Start { get; init; }

    public required long End { get; init; }

    /// <summary>Wall-clock seconds since 1970, as the entry says them.</summary>
    public required long LocalStart { get; init; }

    public required long LocalEnd { get; init; }

    /// <summary>IANA id, of zoned instances.</summary>
    public string? StartZone { get; init; }

    /// <summary>Null where it is that of the start.</summary>
    public string? EndZone { get; init; }

    /// <summary>Longer than <see cref="LongAfter"/>: found by a scan of its own, so that the others need to look back only that far.</summary>
    public required bool IsLong { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>Seconds: 31 days.</summary>
    public const long LongAfter = 31 * 86_400;
}

internal sealed class InstanceRowMap : IEntityTypeConfiguration<InstanceRow>
{
    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        builder.ToTable("instances");
        builder.HasKey(row => row.Key);
        builder.HasIndex(row => new { row.CollectionKey, row.IsLong, row.Start });
        builder.HasIndex(row => row.EntryKey);
    }
}
