using System.Text.Json;
using System.Text.Json.Serialization;
using PeerWeb.Shell;

namespace PeerWeb.Backups;

/// <summary>What a backup is of, and what is in it; the first file of the archive, <c>manifest.json</c>.</summary>
/// <param name="Format">1; a reader refuses a greater one.</param>
/// <param name="Product">The version of PeerWeb that made it.</param>
/// <param name="Created">UTC; the databases are of this moment or shortly after.</param>
/// <param name="Installation">Its id.</param>
/// <param name="Domain">For people; settings are not in a backup.</param>
/// <param name="Schema">With PostgreSQL: of the entries; that of the users has the same name with <c>_identity</c>.</param>
/// <param name="EntriesMigrations">All that were applied, the first first.</param>
/// <param name="IdentityMigrations">As above.</param>
/// <param name="Files">All others, in the order of the archive.</param>
public sealed record BackupManifest(
    int Format,
    string Product,
    DateTimeOffset Created,
    Guid Installation,
    int Epoch,
    string Domain,
    [property: JsonConverter(typeof(JsonStringEnumConverter<DatabaseKind>))] DatabaseKind Database,
    string? Schema,
    IReadOnlyList<string> EntriesMigrations,
    IReadOnlyList<string> IdentityMigrations,
    IReadOnlyList<BackupPart> Files)
{
    public const string FileName = "manifest.json";

    public const int NewestFormat = 1;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string ProductVersion { get; } = typeof(BackupManifest).Assembly.GetName().Version?.ToString() ?? "0";
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Below the data directory, with <c>/</c>.</param>
/// <param name="Length">Octets.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record BackupPart(string Name, long Length, string Sha256);
