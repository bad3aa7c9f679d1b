using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerWeb.Core.Storage.Migrations.Postgres
{
    /// <summary>What lists and searches read gets a narrow table of its own.</summary>
    public partial class Listings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "listings",
                columns: table => new
                {
                    CollectionKey = table.Column<long>(type: "bigint", nullable: false),
                    SortTitle = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Uid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EntryKey = table.Column<long>(type: "bigint", nullable: false),
                    IsPrivate = table.Column<bool>(type: "boolean", nullable: false),
                    FirstStart = table.Column<long>(type: "bigint", nullable: true),
                    SearchText = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_listings", x => new { x.CollectionKey, x.SortTitle, x.Uid });
                    table.ForeignKey(
                        name: "FK_listings_collections_CollectionKey",
                        column: x => x.CollectionKey,
                        principalTable: "collections",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.DropIndex(name: "IX_entries_CollectionKey_SortTitle", table: "entries");
            migrationBuilder.Sql("UPDATE \"entries\" SET \"SortTitle\" = substr(\"SortTitle\", 1, 256) WHERE length(\"SortTitle\") > 256");
            migrationBuilder.Sql(
                """
                INSERT INTO "listings" ("CollectionKey", "SortTitle", "Uid", "EntryKey", "IsPrivate", "FirstStart", "SearchText")
                SELECT "CollectionKey", "SortTitle", "Uid", "Key", "IsPrivate", "FirstStart", "SearchText" FROM "entries" ORDER BY 1, 2, 3
                """);
            migrationBuilder.DropColumn(name: "SearchText", table: "entries");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("The way back is a backup of the version before.");
    }
}
