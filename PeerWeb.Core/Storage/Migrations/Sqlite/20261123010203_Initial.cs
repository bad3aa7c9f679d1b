using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PeerWeb.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ceilings",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    App = table.Column<string>(type: "TEXT", nullable: false),
                    Rights = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ceilings", x => new { x.PeerId, x.App });
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    CollectionKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<string>(type: "TEXT", nullable: false),
                    WasPublicBefore = table.Column<bool>(type: "INTEGER", nullable: false),
                    WasPublicAfter = table.Column<bool>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => new { x.CollectionKey, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "collections",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", maxLength: 36, nullable: true),
                    App = table.Column<string>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Color = table.Column<string>(type: "TEXT", nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    PrunedThrough = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_collections", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "grants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    App = table.Column<string>(type: "TEXT", nullable: false),
                    CollectionId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Rights = table.Column<int>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_grants", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    InstallationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    TokenKey = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_installation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nonces",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Nonce = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nonces", x => new { x.PeerId, x.Nonce });
                });

            migrationBuilder.CreateTable(
                name: "peers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Installation = table.Column<Guid>(type: "TEXT", nullable: false),
                    Domain = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Endpoint = table.Column<string>(type: "TEXT", nullable: true),
                    FirstSeen = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedAgain = table.Column<long>(type: "INTEGER", nullable: true),
                    AskedHere = table.Column<long>(type: "INTEGER", nullable: true),
                    AskedThere = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedHere = table.Column<long>(type: "INTEGER", nullable: true),
                    ApprovedThere = table.Column<long>(type: "INTEGER", nullable: true),
                    RejectedHere = table.Column<long>(type: "INTEGER", nullable: true),
                    RejectedThere = table.Column<long>(type: "INTEGER", nullable: true),
                    SuspendedHere = table.Column<long>(type: "INTEGER", nullable: true),
                    SuspendedThere = table.Column<long>(type: "INTEGER", nullable: true),
                    Blocked = table.Column<long>(type: "INTEGER", nullable: true),
                    Revoked = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedBy = table.Column<int>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SeenInstallation = table.Column<Guid>(type: "TEXT", nullable: true),
                    SeenReason = table.Column<string>(type: "TEXT", nullable: true),
                    Verified = table.Column<long>(type: "INTEGER", nullable: true),
                    LastExchange = table.Column<long>(type: "INTEGER", nullable: true),
                    LastError = table.Column<string>(type: "TEXT", nullable: true),
                    LastErrorAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClockSkewMilliseconds = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_peers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CollectionKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<string>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    IsPrivate = table.Column<bool>(type: "INTEGER", nullable: false),
                    ReplacedBy = table.Column<long>(type: "INTEGER", nullable: false),
                    WasDeleted = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revisions", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "entries",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CollectionKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<string>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    SortTitle = table.Column<string>(type: "TEXT", nullable: false),
                    SearchText = table.Column<string>(type: "TEXT", nullable: false),
                    IsPrivate = table.Column<bool>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    FirstStart = table.Column<long>(type: "INTEGER", nullable: true),
                    LastEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    HorizonStart = table.Column<long>(type: "INTEGER", nullable: false),
                    HorizonEnd = table.Column<long>(type: "INTEGER", nullable: false),
                    TzdbVersion = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ModifiedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entries", x => x.Key);
                    table.ForeignKey(
                        name: "FK_entries_collections_CollectionKey",
                        column: x => x.CollectionKey,
                        principalTable: "collections",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<long>(type: "INTEGER", nullable: false),
                    NextTry = table.Column<long>(type: "INTEGER", nullable: false),
                    Settled = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.Sequence);
                    table.ForeignKey(
                        name: "FK_outbox_peers_PeerId",
                        column: x => x.PeerId,
                        principalTable: "peers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outbox_lanes",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox_lanes", x => x.PeerId);
                    table.ForeignKey(
                        name: "FK_outbox_lanes_peers_PeerId",
                        column: x => x.PeerId,
                        principalTable: "peers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "peer_keys",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Use = table.Column<int>(type: "INTEGER", nullable: false),
                    Thumbprint = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    Jwk = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_peer_keys", x => new { x.PeerId, x.Use });
                    table.ForeignKey(
                        name: "FK_peer_keys_peers_PeerId",
                        column: x => x.PeerId,
                        principalTable: "peers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "received_messages",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    BodyHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RefusedReason = table.Column<string>(type: "TEXT", nullable: true),
                    Received = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_messages", x => new { x.PeerId, x.IdempotencyKey });
                    table.ForeignKey(
                        name: "FK_received_messages_peers_PeerId",
                        column: x => x.PeerId,
                        principalTable: "peers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    Key = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EntryKey = table.Column<long>(type: "INTEGER", nullable: false),
                    CollectionKey = table.Column<long>(type: "INTEGER", nullable: false),
                    RecurrenceId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Start = table.Column<long>(type: "INTEGER", nullable: false),
                    End = table.Column<long>(type: "INTEGER", nullable: false),
                    LocalStart = table.Column<long>(type: "INTEGER", nullable: false),
                    LocalEnd = table.Column<long>(type: "INTEGER", nullable: false),
                    StartZone = table.Column<string>(type: "TEXT", nullable: true),
                    EndZone = table.Column<string>(type: "TEXT", nullable: true),
                    IsLong = table.Column<bool>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => x.Key);
                    table.ForeignKey(
                        name: "FK_instances_entries_EntryKey",
                        column: x => x.EntryKey,
                        principalTable: "entries",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_collections_Id",
                table: "collections",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_collections_Owner_App",
                table: "collections",
                columns: new[] { "Owner", "App" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_CollectionKey_HorizonEnd",
                table: "entries",
                columns: new[] { "CollectionKey", "HorizonEnd" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_CollectionKey_HorizonStart",
                table: "entries",
                columns: new[] { "CollectionKey", "HorizonStart" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_CollectionKey_Sequence",
                table: "entries",
                columns: new[] { "CollectionKey", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_CollectionKey_SortTitle",
                table: "entries",
                columns: new[] { "CollectionKey", "SortTitle" });

            migrationBuilder.CreateIndex(
                name: "IX_entries_CollectionKey_Uid",
                table: "entries",
                columns: new[] { "CollectionKey", "Uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_grants_Owner_App_CollectionId_Kind_PeerId_Name",
                table: "grants",
                columns: new[] { "Owner", "App", "CollectionId", "Kind", "PeerId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_grants_PeerId_Kind_Name",
                table: "grants",
                columns: new[] { "PeerId", "Kind", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_instances_CollectionKey_IsLong_Start",
                table: "instances",
                columns: new[] { "CollectionKey", "IsLong", "Start" });

            migrationBuilder.CreateIndex(
                name: "IX_instances_EntryKey",
                table: "instances",
                column: "EntryKey");

            migrationBuilder.CreateIndex(
                name: "IX_nonces_Expires",
                table: "nonces",
                column: "Expires");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_IdempotencyKey",
                table: "outbox",
                column: "IdempotencyKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_outbox_PeerId",
                table: "outbox",
                column: "PeerId");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_State_PeerId_Sequence",
                table: "outbox",
                columns: new[] { "State", "PeerId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_peer_keys_Thumbprint",
                table: "peer_keys",
                column: "Thumbprint");

            migrationBuilder.CreateIndex(
                name: "IX_peers_Domain",
                table: "peers",
                column: "Domain");

            migrationBuilder.CreateIndex(
                name: "IX_received_messages_Received",
                table: "received_messages",
                column: "Received");

            migrationBuilder.CreateIndex(
                name: "IX_revisions_CollectionKey_Uid_Sequence",
                table: "revisions",
                columns: new[] { "CollectionKey", "Uid", "Sequence" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ceilings");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "grants");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "nonces");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "outbox_lanes");

            migrationBuilder.DropTable(
                name: "peer_keys");

            migrationBuilder.DropTable(
                name: "received_messages");

            migrationBuilder.DropTable(
                name: "revisions");

            migrationBuilder.DropTable(
                name: "entries");

            migrationBuilder.DropTable(
                name: "peers");

            migrationBuilder.DropTable(
                name: "collections");
        }
    }
}
