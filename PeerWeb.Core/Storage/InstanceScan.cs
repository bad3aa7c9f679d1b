using System.Data.Common;
using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Reads stretches of the instance table by a prepared statement, and each entry's own columns once.</summary>
internal sealed class InstanceScan : IAsyncDisposable
{
    /// <summary>No zone is further from UTC than 14 hours: what has no instant of its own is read with that to spare and cut in the viewer's zone.</summary>
    private const long Spare = 14 * 3600;

    private const string Instances = """
        SELECT i."Start", i."End", i."LocalStart", i."LocalEnd", i."Kind", i."RecurrenceId", i."StartZone", i."EndZone", i."Title", i."Detail", i."EntryKey",
        """;

    private const string Stretch = """
         FROM "instances" AS i INNER JOIN "entries" AS e ON e."Key" = i."EntryKey"
        WHERE i."CollectionKey" = @collection AND i."Reach" = @reach AND i."Start" >= @from AND i."Start" < @to AND i."End" >= @earliest
            AND e."HorizonStart" <= @start AND e."HorizonEnd" >= @end AND e."TzdbVersion" = @tzdb
        """;

    private readonly DbCommand _command;
    private readonly DbParameter _collection;
    private readonly DbParameter _reach;
    private readonly DbParameter _from;
    private readonly DbParameter _to;
    private readonly DbParameter _earliest;
    private readonly DbParameter _seesPrivate;
    private readonly Dictionary<long, EntryHead> _heads = [];
    private readonly long _start;
    private readonly long _end;

    public InstanceScan(PeerWebContext db, TzdbVersion tzdb, string? text, TimeRange range)
    {
        // The first whole second after the range: what begins in its last second is inside.
        (_start, _end) = (range.Start.ToUnixTimeSeconds(), range.End.ToUnixTimeSeconds() + 1);
        _command = InstanceTable.CommandOf(db, string.Empty);
        _command.CommandText = Instances + EntryHead.Columns + Stretch + VisibleEntries.SqlFor(_command, text) + " ORDER BY i.\"Start\"";
        (_collection, _reach, _seesPrivate) = (_command.Add("collection"), _command.Add("reach"), _command.Add("private"));
        (_from, _to, _earliest) = (_command.Add("from"), _command.Add("to"), _command.Add("earliest"));
        _command.Add("start", range.Start.ToUnixTimeSeconds());
        _command.Add("end", range.End.ToUnixTimeSeconds());
        _command.Add("tzdb", tzdb.Value);
    }

    /// <summary>Instances of one reach that may overlap the range, by start.</summary>
    /// <param name="startingAt">Later than the range's start: only those that start then or later.</param>
    public async IAsyncEnumerable<(InstanceRow Row, EntryHead Entry)> RunAsync(
        long collection, ScopedCollection scoped, InstanceReach reach, Instant? startingAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spare = reach == InstanceReach.Day ? 0 : Spare;
        var from = _start - spare - InstanceTimes.SecondsOf(reach);
        if (startingAt is { } first && first.ToUnixTimeSeconds() > _start)
            from = first.ToUnixTimeSeconds();
        (_collection.Value, _reach.Value, _seesPrivate.Value) = (collection, (long)reach, scoped.SeesPrivate);
        (_from.Value, _to.Value, _earliest.Value) = (from, _end + spare, _start - spare);
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = reader.GetInt64(10);
            if (!_heads.TryGetValue(key, out var entry))
                _heads.Add(key, entry = EntryHead.Read(reader, 11, scoped.Id));
            yield return (RowOf(reader, collection, reach, key), entry);
        }
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private static InstanceRow RowOf(DbDataReader reader, long collection, InstanceReach reach, long entry) => new()
    {
        CollectionKey = collection,
        Reach = reach,
        EntryKey = entry,
        Start = reader.GetInt64(0),
        End = reader.GetInt64(1),
        LocalStart = reader.GetInt64(2),
        LocalEnd = reader.GetInt64(3),
        Kind = (TimeKind)reader.GetInt64(4),
        RecurrenceId = reader.GetString(5),
        StartZone = reader.IsDBNull(6) ? null : reader.GetString(6),
        EndZone = reader.IsDBNull(7) ? null : reader.GetString(7),
        Title = reader.IsDBNull(8) ? null : reader.GetString(8),
        Detail = reader.IsDBNull(9) ? null : reader.GetString(9),
    };
}
