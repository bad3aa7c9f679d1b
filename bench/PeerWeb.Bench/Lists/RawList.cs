using Microsoft.Data.Sqlite;

namespace PeerWeb.Bench.Lists;

/// <summary>The base line: one prepared statement on one open connection reads what a page of a list shows, and makes nothing of it.</summary>
internal sealed class RawList : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;

    /// <param name="after">Sort key and UID of the entry before the page; null for the first.</param>
    public RawList(string file, (string Title, string Uid)? after, string? word, int limit)
    {
        _connection = new SqliteConnection($"Data Source={file}");
        _connection.Open();
        using (var settings = _connection.CreateCommand())
        {
            // As the installation's connections have it: what differs is to be the reading.
            settings.CommandText = "PRAGMA cache_size=-16384";
            settings.ExecuteNonQuery();
        }
        _command = _connection.CreateCommand();
        _command.CommandText = $"""
            SELECT e."Key", e."Epoch", e."Sequence", e."IsPrivate", e."Uid", e."Title", e."Detail"
            FROM "listings" AS l INNER JOIN "entries" AS e ON e."Key" = l."EntryKey"
            WHERE l."CollectionKey" = 1{(after is null ? string.Empty : " AND (l.\"SortTitle\", l.\"Uid\") > (@title, @uid)")}{(word is null ? string.Empty : " AND l.\"SearchText\" LIKE @word")}
            ORDER BY l."SortTitle", l."Uid" LIMIT @limit
            """;
        _command.Parameters.AddWithValue("@limit", limit + 1);
        if (word is not null)
            _command.Parameters.AddWithValue("@word", $"%{word}%");
        if (after is { } place)
        {
            _command.Parameters.AddWithValue("@title", place.Title);
            _command.Parameters.AddWithValue("@uid", place.Uid);
        }
        _command.Prepare();
    }

    /// <returns>How many rows there were.</returns>
    public int Read()
    {
        using var reader = _command.ExecuteReader();
        var (rows, sum) = (0, 0L);
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < 4; column++)
                sum += reader.GetInt64(column);
            for (var column = 4; column < 7; column++)
                sum += reader.GetString(column).Length;
        }
        return sum == 0 ? 0 : rows;
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
