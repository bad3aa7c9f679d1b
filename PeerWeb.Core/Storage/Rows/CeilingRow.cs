using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PeerWeb.Core.Storage.Rows;

internal sealed class CeilingRow
{
    public required Guid PeerId { get; init; }

    public required string App { get; init; }

    public required int Rights { get; set; }
}

internal sealed class CeilingRowMap : IEntityTypeConfiguration<CeilingRow>
{
    public void Configure(EntityTypeBuilder<CeilingRow> builder)
    {
        builder.ToTable("ceilings");
        builder.HasKey(row => new { row.PeerId, row.App });
    }
}
