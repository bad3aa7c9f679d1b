using Microsoft.Extensions.Options;
using PeerWeb.Core.Storage;
using PeerWeb.Identity;

namespace PeerWeb.Shell;

/// <summary>Which database an installation's settings choose: files of its data directory, or schemas of a PostgreSQL server.</summary>
internal sealed class DatabaseChoice(IOptions<PeerWebOptions> options, DataDirectory data)
{
    public DatabasePlace Entries => Of(EntriesSetup.FileName, suffix: "");

    public DatabasePlace Identity => Of(SqliteIdentityStore.FileName, PostgresIdentityStore.Suffix);

    /// <summary>Before SQLite makes them: its own files, and the journals beside them, take the mode of these.</summary>
    public void EnsureFiles()
    {
        foreach (var place in new[] { Entries, Identity }.OfType<DatabasePlace.Sqlite>())
            data.EnsureFile(Path.GetFileName(place.File));
    }

    private DatabasePlace Of(string file, string suffix) => options.Value.Database switch
    {
        DatabaseKind.Sqlite => new DatabasePlace.Sqlite(data.PathOf(file)),
        DatabaseKind.Postgres => new DatabasePlace.Postgres(options.Value.ConnectionString, options.Value.Schema + suffix),
    };
}
