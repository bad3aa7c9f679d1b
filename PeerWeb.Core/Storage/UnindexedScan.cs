using System.Data.Common;
using System.Runtime.CompilerServices;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Core.Storage;

/// <summary>Reads entries, with their text, of which the instance table does not hold what a range asks for: the horizon ends before, or it was made with another time zone database.</summary>
internal sealed class UnindexedScan : IAsyncDisposable
{
    /// <summary>First and last are of the time zone database they were computed with, and without a zone they are in none: two days are more than either can be wrong. Another reading of the text may say anything.</summary>
    private const long Spare = 2 * 86_400;

    // Each of the four ways to be outside is a seek in an index of its own; joined by OR they would read the collection.
    private const string Outside = """
         FROM "entries" AS e
        WHERE e."Key" IN (
                SELECT "Key" FROM "entries" WHERE "CollectionKey" = @collection AND "HorizonStart" > @start
                UNION SELECT "Key" FROM "entries" WHERE "CollectionKey" = @collection AND "HorizonEnd" < @end
                UNION SELECT "Key" FROM "entries" WHERE "CollectionKey" = @collection AND "TzdbVersion" < @tzdb
                UNION SELECT "Key" FROM "entries" WHERE "CollectionKey" = @collection AND "TzdbVersion" > @tzdb)
            AND (e."TzdbVersion" NOT LIKE @reading OR (e."FirstStart" < @latest AND (e."LastEnd" IS NULL OR e."LastEnd" >= @earliest)))
        """;

    private readonly DbCommand _command;
    private readonly DbParameter _collection;
    private readonly DbParameter _seesPrivate;
    private readonly string? _text;

    public UnindexedScan(PeerWebContext db, TzdbVersion tzdb, string? text, TimeRange range)
    {
        _text = text;
        var (start, end) = (range.Start.ToUnixTimeSeconds(), range.End.ToUnixTimeSeconds());
        _command = InstanceTable.CommandOf(db, string.Empty);
        _command.CommandText = "SELECT " + EntryHead.Columns + ", e.\"Text\"" + Outside + VisibleEntries.SqlFor(_command, text);
        (_collection, _seesPrivate) = (_command.Add("collection"), _command.Add("private"));
        _command.Add("start", start);
        _command.Add("end", end);
        _command.Add("earliest", start - Spare);
        _command.Add("latest", end + Spare);
        _command.Add("tzdb", tzdb.Value);
        _command.Add("reading", tzdb.ReadingPattern);
    }

    public async IAsyncEnumerable<(EntryHead Entry, string Text)> RunAsync(
        long collection, ScopedCollection scoped, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (_collection.Value, _seesPrivate.Value) = (collection, VisibleEntries.HasPrivateInstances(scoped, _text));
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return (EntryHead.Read(reader, 0, scoped.Id), reader.GetString(6));
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}
