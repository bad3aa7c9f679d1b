using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerWeb.Core.Storage.Migrations.Sqlite
{
    /// <summary>The instance table is clustered by where an instance lies in time. It is an index of the texts: it is made anew, and filled again in the background.</summary>
    public partial class ClusteredInstances : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "instances");
            migrationBuilder.Sql(
                """
                CREATE TABLE "instances" (
                    "CollectionKey" INTEGER NOT NULL,
                    "Reach" INTEGER NOT NULL,
                    "Start" INTEGER NOT NULL,
                    "EntryKey" INTEGER NOT NULL,
                    "RecurrenceId" TEXT NOT NULL,
                    "Kind" INTEGER NOT NULL,
                    "End" INTEGER NOT NULL,
                    "LocalStart" INTEGER NOT NULL,
                    "LocalEnd" INTEGER NOT NULL,
                    "StartZone" TEXT NULL,
                    "EndZone" TEXT NULL,
                    "Title" TEXT NULL,
                    "Detail" TEXT NULL,
                    CONSTRAINT "PK_instances" PRIMARY KEY ("CollectionKey", "Reach", "Start", "EntryKey", "RecurrenceId"),
                    CONSTRAINT "FK_instances_entries_EntryKey" FOREIGN KEY ("EntryKey") REFERENCES "entries" ("Key") ON DELETE CASCADE
                ) WITHOUT ROWID
                """);
            migrationBuilder.CreateIndex(name: "IX_instances_EntryKey", table: "instances", column: "EntryKey");
            migrationBuilder.CreateIndex(name: "IX_entries_CollectionKey_TzdbVersion", table: "entries", columns: new[] { "CollectionKey", "TzdbVersion" });
            migrationBuilder.Sql("UPDATE \"entries\" SET \"TzdbVersion\" = ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Before the upgrade the database was copied beside itself; that copy is the way back.");
    }
}
