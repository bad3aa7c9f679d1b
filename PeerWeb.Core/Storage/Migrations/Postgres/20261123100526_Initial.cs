using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PeerWeb.Core.Storage.Migrations.Postgres
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
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    App = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Rights = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ceilings", x => new { x.PeerId, x.App });
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    CollectionKey = table.Column<long>(type: "bigint", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    WasPublicBefore = table.Column<bool>(type: "boolean", nullable: false),
                    WasPublicAfter = table.Column<bool>(type: "boolean", nullable: false),
                    Actor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => new { x.CollectionKey, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "collections",
                columns: table => new
                {
                    Key = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: true, collation: "C"),
                    App = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Owner = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Color = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    PrunedThrough = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_collections", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Owner = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    App = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    Changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "grants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    App = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CollectionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Rights = table.Column<int>(type: "integer", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    Note = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_grants", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    InstallationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Epoch = table.Column<int>(type: "integer", nullable: false),
                    TokenKey = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_installation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "nonces",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Nonce = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    Expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nonces", x => new { x.PeerId, x.Nonce });
                });

            migrationBuilder.CreateTable(
                name: "peers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Installation = table.Column<Guid>(type: "uuid", nullable: false),
                    Theirs = table.Column<Guid>(type: "uuid", nullable: true),
                    Domain = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Endpoint = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FirstSeen = table.Column<long>(type: "bigint", nullable: false),
                    AskedAgain = table.Column<long>(type: "bigint", nullable: true),
                    AskedHere = table.Column<long>(type: "bigint", nullable: true),
                    AskedThere = table.Column<long>(type: "bigint", nullable: true),
                    ApprovedHere = table.Column<long>(type: "bigint", nullable: true),
                    ApprovedThere = table.Column<long>(type: "bigint", nullable: true),
                    RejectedHere = table.Column<long>(type: "bigint", nullable: true),
                    RejectedThere = table.Column<long>(type: "bigint", nullable: true),
                    SuspendedHere = table.Column<long>(type: "bigint", nullable: true),
                    SuspendedThere = table.Column<long>(type: "bigint", nullable: true),
                    Blocked = table.Column<long>(type: "bigint", nullable: true),
                    Revoked = table.Column<long>(type: "bigint", nullable: true),
                    RevokedBy = table.Column<int>(type: "integer", nullable: true),
                    State = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    SeenInstallation = table.Column<Guid>(type: "uuid", nullable: true),
                    SeenReason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Verified = table.Column<long>(type: "bigint", nullable: true),
                    LastExchange = table.Column<long>(type: "bigint", nullable: true),
                    LastError = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    LastErrorAt = table.Column<long>(type: "bigint", nullable: true),
                    ClockSkewMilliseconds = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_peers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "preferences",
                columns: table => new
                {
                    User = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_preferences", x => new { x.User, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "received_writes",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    Actor = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    BodyHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Outcomes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Received = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_received_writes", x => new { x.PeerId, x.IdempotencyKey });
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    Key = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CollectionKey = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Epoch = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsPrivate = table.Column<bool>(type: "boolean", nullable: false),
                    ReplacedBy = table.Column<long>(type: "bigint", nullable: false),
                    WasDeleted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revisions", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "entries",
                columns: table => new
                {
                    Key = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    CollectionKey = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Epoch = table.Column<int>(type: "integer", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SortTitle = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SearchText = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsPrivate = table.Column<bool>(type: "boolean", nullable: false),
                    Detail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FirstStart = table.Column<long>(type: "bigint", nullable: true),
                    LastEnd = table.Column<long>(type: "bigint", nullable: true),
                    HorizonStart = table.Column<long>(type: "bigint", nullable: false),
                    HorizonEnd = table.Column<long>(type: "bigint", nullable: false),
                    TzdbVersion = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ModifiedAt = table.Column<long>(type: "bigint", nullable: false)
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
                name: "offers",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Owner = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    App = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    CollectionId = table.Column<string>(type: "character varying(36)", maxLength: 36, nullable: false, collation: "C"),
                    Covered = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Recipient = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Rights = table.Column<int>(type: "integer", nullable: false),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    Changed = table.Column<long>(type: "bigint", nullable: false),
                    Ended = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offers", x => new { x.PeerId, x.GrantId });
                    table.ForeignKey(
                        name: "FK_offers_peers_PeerId",
                        column: x => x.PeerId,
                        principalTable: "peers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IdempotencyKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    NextTry = table.Column<long>(type: "bigint", nullable: false),
                    Settled = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    About = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    Subject = table.Column<Guid>(type: "uuid", nullable: false)
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
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Holder = table.Column<Guid>(type: "uuid", nullable: false),
                    LeasedUntil = table.Column<long>(type: "bigint", nullable: false)
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
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Use = table.Column<int>(type: "integer", nullable: false),
                    Thumbprint = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false, collation: "C"),
                    Jwk = table.Column<string>(type: "text", nullable: false, collation: "C")
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
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    BodyHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    RefusedReason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Received = table.Column<long>(type: "bigint", nullable: false)
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
                    CollectionKey = table.Column<long>(type: "bigint", nullable: false),
                    Reach = table.Column<int>(type: "integer", nullable: false),
                    Start = table.Column<long>(type: "bigint", nullable: false),
                    EntryKey = table.Column<long>(type: "bigint", nullable: false),
                    RecurrenceId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    End = table.Column<long>(type: "bigint", nullable: false),
                    LocalStart = table.Column<long>(type: "bigint", nullable: false),
                    LocalEnd = table.Column<long>(type: "bigint", nullable: false),
                    StartZone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EndZone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Title = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Detail = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => new { x.CollectionKey, x.Reach, x.Start, x.EntryKey, x.RecurrenceId });
                    table.ForeignKey(
                        name: "FK_instances_entries_EntryKey",
                        column: x => x.EntryKey,
                        principalTable: "entries",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "offer_answers",
                columns: table => new
                {
                    PeerId = table.Column<Guid>(type: "uuid", nullable: false),
                    GrantId = table.Column<Guid>(type: "uuid", nullable: false),
                    User = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Answer = table.Column<int>(type: "integer", nullable: false),
                    Answered = table.Column<long>(type: "bigint", nullable: false),
                    IsDismissed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offer_answers", x => new { x.PeerId, x.GrantId, x.User });
                    table.ForeignKey(
                        name: "FK_offer_answers_offers_PeerId_GrantId",
                        columns: x => new { x.PeerId, x.GrantId },
                        principalTable: "offers",
                        principalColumns: new[] { "PeerId", "GrantId" },
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
                name: "IX_drafts_Owner_App",
                table: "drafts",
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
                name: "IX_entries_CollectionKey_TzdbVersion",
                table: "entries",
                columns: new[] { "CollectionKey", "TzdbVersion" });

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
                name: "IX_instances_EntryKey",
                table: "instances",
                column: "EntryKey");

            migrationBuilder.CreateIndex(
                name: "IX_nonces_Expires",
                table: "nonces",
                column: "Expires");

            migrationBuilder.CreateIndex(
                name: "IX_offer_answers_User",
                table: "offer_answers",
                column: "User");

            migrationBuilder.CreateIndex(
                name: "IX_offers_Recipient",
                table: "offers",
                column: "Recipient");

            migrationBuilder.CreateIndex(
                name: "IX_outbox_About_Sequence",
                table: "outbox",
                columns: new[] { "About", "Sequence" });

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
                name: "IX_received_writes_Received",
                table: "received_writes",
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
                name: "drafts");

            migrationBuilder.DropTable(
                name: "grants");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "nonces");

            migrationBuilder.DropTable(
                name: "offer_answers");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "outbox_lanes");

            migrationBuilder.DropTable(
                name: "peer_keys");

            migrationBuilder.DropTable(
                name: "preferences");

            migrationBuilder.DropTable(
                name: "received_messages");

            migrationBuilder.DropTable(
                name: "received_writes");

            migrationBuilder.DropTable(
                name: "revisions");

            migrationBuilder.DropTable(
                name: "entries");

            migrationBuilder.DropTable(
                name: "offers");

            migrationBuilder.DropTable(
                name: "collections");

            migrationBuilder.DropTable(
                name: "peers");
        }
    }
}
