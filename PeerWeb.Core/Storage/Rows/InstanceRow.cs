using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>How far after its start an instance may still be found; the numbers are stored. Each is a range scan of its own, so that a window need not look back further than its instances last.</summary>
internal enum InstanceReach
{
    /// <summary>Up to a day, with an instant: found by instants alone.</summary>
    Day = 0,

    /// <summary>Up to a day by the wall clock: floating times and dates, which are found in any viewer's zone.</summary>
    LocalDay = 1,

    /// <summary>Up to 31 days.</summary>
    Month = 2,
    Longer = 3,
}

/// <summary>One instance within the horizon. The table is clustered by its key, so that a month is one stretch of it.</summary>
internal sealed class InstanceRow
{
    public required long CollectionKey { get; init; }

    public required InstanceReach Reach { get; init; }

    /// <summary>Seconds since 1970: of the instant for UTC and zoned, of the wall clock for floating times and dates.</summary>
    public required long Start { get; init; }

    public required long EntryKey { get; init; }

    /// <summary>Empty where the entry does not recur.</summary>
    public required string RecurrenceId { get; init; }

    public required TimeKind Kind { get; init; }

    public required long End { get; init; }

    /// <summary>Wall-clock seconds since 1970, as the entry says them.</summary>
    public required long LocalStart { get; init; }

    public required long LocalEnd { get; init; }

    /// <summary>IANA id, of zoned instances.</summary>
    public string? StartZone { get; init; }

    /// <summary>Null where it is that of the start.</summary>
    public string? EndZone { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }
}

internal sealed class InstanceRowMap : IEntityTypeConfiguration<InstanceRow>
{
    /// <remarks>Its migration makes it WITHOUT ROWID, which EF Core has no word for; a later one that rebuilds the table says so again.</remarks>
    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        builder.ToTable("instances");
        builder.HasKey(row => new { row.CollectionKey, row.Reach, row.Start, row.EntryKey, row.RecurrenceId });
        builder.HasIndex(row => row.EntryKey);
        builder.HasOne<EntryRow>().WithMany().HasForeignKey(row => row.EntryKey).OnDelete(DeleteBehavior.Cascade);
    }
}
