using System.Globalization;

namespace PeerWeb.Core.Storage.Copies;

/// <summary>Dumps of an installation's two schemas, and how one is put back.</summary>
/// <param name="Entries">Where the entries are.</param>
/// <param name="Identity">Users and keys, in the same database.</param>
public sealed record PostgresCopy(DatabasePlace.Postgres Entries, DatabasePlace.Postgres Identity)
{
    /// <summary>One moment of both schemas (<c>pg_dump</c>, custom format) into <paramref name="file"/>.</summary>
    /// <exception cref="DatabaseCopyException"><c>pg_dump</c> is not installed or failed.</exception>
    public Task TakeAsync(string file, CancellationToken cancellationToken) => PostgresTool.RunAsync(
        "pg_dump", Entries,
        // The file is packed as a whole.
        ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", $"--schema={Entries.Schema}", $"--schema={Identity.Schema}", $"--file={file}"],
        cancellationToken);

    /// <summary>Whether <paramref name="file"/> is a dump that can be read (<c>pg_restore --list</c>).</summary>
    /// <exception cref="DatabaseCopyException">It is not.</exception>
    public static Task CheckAsync(string file, CancellationToken cancellationToken) => PostgresTool.RunAsync("pg_restore", null, ["--list", file], cancellationToken);

    /// <summary>Puts a dump of these schemas back, in one transaction: what is there is renamed, the dump is read, then changed.</summary>
    /// <param name="stamp">What the schemas that were there are named with.</param>
    /// <param name="inEntries">Statements in the restored schema of the entries.</param>
    /// <param name="inIdentity">Statements in that of the users.</param>
    /// <returns>The names of the schemas that were renamed.</returns>
    /// <exception cref="DatabaseCopyException">Something failed; nothing has changed.</exception>
    public async Task<IReadOnlyList<string>> PutBackAsync(
        string file, string stamp, IEnumerable<string> inEntries, IEnumerable<string> inIdentity, CancellationToken cancellationToken)
    {
        var renamed = new List<string>();
        var before = new List<string> { "BEGIN" };
        foreach (var (place, letter) in new[] { (Entries, 'e'), (Identity, 'i') })
        {
            await using var there = await PlainDatabase.OpenAsync(place, cancellationToken);
            if (there is null)
                continue;
            // PostgreSQL cuts names at 63 characters.
            renamed.Add(string.Create(CultureInfo.InvariantCulture, $"{place.Schema[..Math.Min(place.Schema.Length, 36)]}_{stamp.ToLowerInvariant()}_{letter}"));
            before.Add($"ALTER SCHEMA \"{place.Schema}\" RENAME TO \"{renamed[^1]}\"");
        }
        IEnumerable<string> after = [$"SET search_path TO \"{Entries.Schema}\"", .. inEntries, $"SET search_path TO \"{Identity.Schema}\"", .. inIdentity, "COMMIT"];

        // An end of input without COMMIT, also that of a killed process, is a rollback.
        using var psql = PostgresTool.Start("psql", Entries, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-");
        var said = psql.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await PostgresTool.EndAsync(psql, "psql", FeedAsync(psql.StandardInput, file, before, after, said, cancellationToken), cancellationToken);
        return renamed;
    }

    private static async Task FeedAsync(
        StreamWriter psql, string file, IEnumerable<string> before, IEnumerable<string> after, Task said, CancellationToken cancellationToken)
    {
        try
        {
            await using (psql)
            {
                await SayAsync(psql, before, cancellationToken);
                using var dump = PostgresTool.Start("pg_restore", null, "--no-owner", "--no-privileges", "--file=-", file);
                dump.StandardInput.Close();
                await PostgresTool.EndAsync(dump, "pg_restore", dump.StandardOutput.BaseStream.CopyToAsync(psql.BaseStream, cancellationToken), cancellationToken);
                await SayAsync(psql, after, cancellationToken);
            }
        }
        catch (IOException)
        {
            // psql has ended before its time; how it ended and what it said is looked at next.
            return;
        }
        await said.WaitAsync(cancellationToken);
    }

    private static async Task SayAsync(StreamWriter psql, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
            await psql.WriteAsync($"{statement};\n".AsMemory(), cancellationToken);
        await psql.FlushAsync(cancellationToken);
    }
}
