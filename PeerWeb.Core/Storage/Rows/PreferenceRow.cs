using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

/// <summary>What one user has chosen about one thing, such as how an app shows.</summary>
internal sealed class PreferenceRow
{
    public required string User { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON of whoever asked for it.</summary>
    public required string Body { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long Changed { get; set; }
}

internal sealed class PreferenceRowMap : IEntityTypeConfiguration<PreferenceRow>
{
    public void Configure(EntityTypeBuilder<PreferenceRow> builder)
    {
        builder.ToTable("preferences");
        builder.HasKey(row => new { row.User, row.Name });
        builder.Property(row => row.User).HasMaxLength(64);
        builder.Property(row => row.Name).HasMaxLength(64);
    }
}
