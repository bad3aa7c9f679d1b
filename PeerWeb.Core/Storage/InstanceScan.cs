using System.Data.Common;
using System.Runtime.CompilerServices;
using NodaTime;
using PeerWeb.Core.Entries;
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
    private readonly string? _text;
    private readonly Dictionary<long, EntryHead> _heads = [];
    private readonly long _start;
    private readonly long _end;
    private string? _zone;

    public InstanceScan(PeerWebContext db, TzdbVersion tzdb, string? text, TimeRange range)
    {
        _text = text;
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
    /// <returns>Each with its start as the table has it.</returns>
    public async IAsyncEnumerable<(EntrySummary Instance, long Start)> RunAsync(
        long collection, ScopedCollection scoped, InstanceReach reach, Instant? startingAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spare = reach == InstanceReach.Day ? 0 : Spare;
        var from = _start - spare - InstanceTimes.SecondsOf(reach);
        if (startingAt is { } first && first.ToUnixTimeSeconds() > _start)
            from = first.ToUnixTimeSeconds();
        (_collection.Value, _reach.Value, _seesPrivate.Value) = (collection, (long)reach, VisibleEntries.HasPrivateInstances(scoped, _text));
        (_from.Value, _to.Value, _earliest.Value) = (from, _end + spare, _start - spare);
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = reader.Int64(10);
            if (!_heads.TryGetValue(key, out var entry))
                _heads.Add(key, entry = EntryHead.Read(reader, 11, scoped.Id));
            var start = reader.Int64(0);
            yield return (InstanceOf(entry.Summary, reader, start), start);
        }
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private EntrySummary InstanceOf(EntrySummary entry, DbDataReader reader, long start)
    {
        var (kind, recurrenceId) = ((TimeKind)reader.Int64(4), reader.Text(5));
        // One zone is that of nearly all: one string for them.
        if (reader.TextOrNull(6) is var zone && zone != _zone)
            _zone = zone;
        return new EntrySummary(
            entry.Collection,
            entry.Uid,
            entry.ETag,
            recurrenceId.Length == 0 ? null : recurrenceId,
            reader.TextOrNull(8) ?? entry.Title,
            InstanceTimes.TimeOf(kind, start, reader.Int64(2), _zone),
            InstanceTimes.TimeOf(kind, reader.Int64(1), reader.Int64(3), reader.TextOrNull(7) ?? _zone),
            entry.IsPrivate,
            reader.TextOrNull(9) ?? entry.Detail);
    }
}
