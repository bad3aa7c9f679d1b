using Microsoft.Data.Sqlite;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Store;

/// <summary>The base line: one prepared statement on one open connection reads the columns of a month's instances off the index, and makes nothing of them.</summary>
internal sealed class RawMonth : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;

    public RawMonth(string file, TimeRange range, int limit)
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
        _command.CommandText = """
            SELECT i."Start", i."End", i."LocalStart", i."LocalEnd", i."Kind", i."StartZone", i."EndZone", i."RecurrenceId",
                coalesce(i."Title", e."Title"), coalesce(i."Detail", e."Detail"), e."Uid", e."Epoch", e."Sequence", e."IsPrivate"
            FROM "instances" AS i INNER JOIN "entries" AS e ON e."Key" = i."EntryKey"
            WHERE i."CollectionKey" = 1 AND i."Reach" = 0 AND i."Start" >= @from AND i."Start" < @to AND i."End" > @start
            ORDER BY i."Start" LIMIT @limit
            """;
        var (start, end) = (range.Start.ToUnixTimeSeconds(), range.End.ToUnixTimeSeconds());
        _command.Parameters.AddWithValue("@start", start);
        _command.Parameters.AddWithValue("@from", start - 86_400);
        _command.Parameters.AddWithValue("@to", end);
        _command.Parameters.AddWithValue("@limit", limit);
        _command.Prepare();
    }

    /// <returns>How many rows there were.</returns>
    public int Read()
    {
        using var reader = _command.ExecuteReader();
        var rows = 0;
        long sum = 0;
        while (reader.Read())
        {
            rows++;
            for (var column = 0; column < 5; column++)
                sum += reader.GetInt64(column);
            for (var column = 5; column < 11; column++)
                sum += reader.IsDBNull(column) ? 0 : reader.GetString(column).Length;
            for (var column = 11; column < 14; column++)
                sum += reader.GetInt64(column);
        }
        return sum == 0 ? 0 : rows;
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
    }
}
