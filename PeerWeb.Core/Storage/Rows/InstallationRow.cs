using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>The one row that says which life of which installation this database belongs to.</summary>
internal sealed class InstallationRow
{
    public int Id { get; init; } = 1;

    public required Guid InstallationId { get; init; }

    /// <summary>From 1; a restore starts the next one, so that versions handed out before it are never met again.</summary>
    public required int Epoch { get; set; }

    /// <summary>256-bit key that authenticates sync tokens.</summary>
    public required byte[] TokenKey { get; init; }
}

internal sealed class InstallationRowMap : IEntityTypeConfiguration<InstallationRow>
{
    public void Configure(EntityTypeBuilder<InstallationRow> builder)
    {
        builder.ToTable("installation");
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}
