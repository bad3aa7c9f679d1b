using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>The numbers are stored.</summary>
internal enum PrincipalKind
{
    LocalUser = 0,
    LocalGroup = 1,
    RemoteUser = 2,
    RemoteGroup = 3,
    EveryoneAt = 4,
}

internal sealed class GrantRow
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    public required string App { get; init; }

    /// <summary>Empty: everything of the app.</summary>
    public required string CollectionId { get; init; }

    public required PrincipalKind Kind { get; init; }

    /// <summary>Guid.Empty for local principals, so that the unique index covers them.</summary>
    public required Guid PeerId { get; init; }

    /// <summary>Empty for everyone at a peer.</summary>
    public required string Name { get; init; }

    public required int Rights { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long? ExpiresAt { get; set; }

    public string Note { get; set; } = string.Empty;

    /// <summary>Counts changes, so that two open tabs cannot undo each other.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Unix milliseconds.</summary>
    public required long CreatedAt { get; init; }
}

internal sealed class GrantRowMap : IEntityTypeConfiguration<GrantRow>
{
    public void Configure(EntityTypeBuilder<GrantRow> builder)
    {
        builder.ToTable("grants");
        builder.HasIndex(row => new { row.Owner, row.App, row.CollectionId, row.Kind, row.PeerId, row.Name }).IsUnique();
        builder.HasIndex(row => new { row.PeerId, row.Kind, row.Name });
    }
}
