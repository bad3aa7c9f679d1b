using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Peers;

/// <summary>A peer and its link. Instants are Unix milliseconds; <see cref="State"/> is computed from the facts, for queries only.</summary>
internal sealed class PeerRow
{
    public required Guid Id { get; init; }

    public required Guid Installation { get; set; }

    /// <summary>The id that the other side gives this link; null until it said so.</summary>
    public Guid? Theirs { get; set; }

    public required string Domain { get; set; }

    public required string Name { get; set; }

    public string? Endpoint { get; set; }

    public required long FirstSeen { get; init; }

    public long? AskedAgain { get; set; }

    public long? AskedHere { get; set; }

    public long? AskedThere { get; set; }

    public long? ApprovedHere { get; set; }

    public long? ApprovedThere { get; set; }

    public long? RejectedHere { get; set; }

    public long? RejectedThere { get; set; }

    public long? SuspendedHere { get; set; }

    public long? SuspendedThere { get; set; }

    public long? Blocked { get; set; }

    public long? Revoked { get; set; }

    public int? RevokedBy { get; set; }

    /// <summary>The stable name of the link's state.</summary>
    public required string State { get; set; }

    public Guid? SeenInstallation { get; set; }

    public string? SeenReason { get; set; }

    public long? Verified { get; set; }

    public long? LastExchange { get; set; }

    public string? LastError { get; set; }

    public long? LastErrorAt { get; set; }

    public long? ClockSkewMilliseconds { get; set; }

    public List<PeerKeyRow> Keys { get; init; } = [];
}

internal sealed class PeerRowMapping : IEntityTypeConfiguration<PeerRow>
{
    public void Configure(EntityTypeBuilder<PeerRow> builder)
    {
        builder.ToTable("peers");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Domain).HasMaxLength(253);
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.State).HasMaxLength(16);
        builder.HasMany(row => row.Keys).WithOne().HasForeignKey(key => key.PeerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.Domain);
    }
}
