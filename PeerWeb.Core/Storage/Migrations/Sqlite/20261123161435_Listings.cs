using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerWeb.Core.Storage.Migrations.Sqlite
{
    /// <summary>What lists and searches read gets a narrow table of its own, clustered by title; what remains of an entry has its text as the last column.</summary>
    public partial class Listings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE TABLE "listings" (
                    "CollectionKey" INTEGER NOT NULL,
                    "SortTitle" TEXT NOT NULL,
                    "Uid" TEXT NOT NULL,
                    "EntryKey" INTEGER NOT NULL,
                    "IsPrivate" INTEGER NOT NULL,
                    "FirstStart" INTEGER NULL,
                    "SearchText" TEXT NOT NULL,
                    CONSTRAINT "PK_listings" PRIMARY KEY ("CollectionKey", "SortTitle", "Uid"),
                    CONSTRAINT "FK_listings_collections_CollectionKey" FOREIGN KEY ("CollectionKey") REFERENCES "collections" ("Key") ON DELETE CASCADE
                ) WITHOUT ROWID
                """);
            migrationBuilder.DropIndex(name: "IX_entries_CollectionKey_SortTitle", table: "entries");
            migrationBuilder.Sql("UPDATE \"entries\" SET \"SortTitle\" = substr(\"SortTitle\", 1, 256) WHERE length(\"SortTitle\") > 256");
            migrationBuilder.Sql(
                """
                INSERT INTO "listings" ("CollectionKey", "SortTitle", "Uid", "EntryKey", "IsPrivate", "FirstStart", "SearchText")
                SELECT "CollectionKey", "SortTitle", "Uid", "Key", "IsPrivate", "FirstStart", "SearchText" FROM "entries" ORDER BY 1, 2, 3
                """);
            // Not a new table in place of the old one: with the old one would go the instances that refer to it.
            migrationBuilder.Sql("ALTER TABLE \"entries\" ADD COLUMN \"Whole\" TEXT NOT NULL DEFAULT ''");
            migrationBuilder.Sql("UPDATE \"entries\" SET \"Whole\" = \"Text\"");
            migrationBuilder.Sql("ALTER TABLE \"entries\" DROP COLUMN \"SearchText\"");
            migrationBuilder.Sql("ALTER TABLE \"entries\" DROP COLUMN \"Text\"");
            migrationBuilder.Sql("ALTER TABLE \"entries\" RENAME COLUMN \"Whole\" TO \"Text\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Before the upgrade the database was copied beside itself; that copy is the way back.");
    }
}
