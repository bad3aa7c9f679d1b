using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Storage.Rows;

namespace PeerWeb.Core.Storage;

/// <summary>Writes instances in the transaction of what they are of. By prepared statements: a series is a hundred rows and more, and nobody tracks them.</summary>
internal static class InstanceTable
{
    private static readonly string[] Columns =
    [
        nameof(InstanceRow.CollectionKey), nameof(InstanceRow.Reach), nameof(InstanceRow.Start), nameof(InstanceRow.EntryKey), nameof(InstanceRow.RecurrenceId),
        nameof(InstanceRow.Kind), nameof(InstanceRow.End), nameof(InstanceRow.LocalStart), nameof(InstanceRow.LocalEnd),
        nameof(InstanceRow.StartZone), nameof(InstanceRow.EndZone), nameof(InstanceRow.Title), nameof(InstanceRow.Detail),
    ];

    /// <summary>A command of the context's connection, in its transaction.</summary>
    public static DbCommand CommandOf(PeerWebContext db, string text)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    public static DbParameter Add(this DbCommand command, string name, object? value = null)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@" + name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <param name="entries">Rows that are saved, with the instances of their text; they have none in the table.</param>
    public static void Insert(PeerWebContext db, IEnumerable<(EntryRow Entry, IReadOnlyList<IndexedInstance> Instances)> entries)
    {
        var rows = entries.SelectMany(pair => pair.Instances.Select(instance => InstanceTimes.RowOf(instance, pair.Entry.CollectionKey, pair.Entry.Key))).ToList();
        // In the order of the table: each of its pages is visited once, however many entries have instances on it.
        rows.Sort((left, right) => left.Reach != right.Reach ? left.Reach.CompareTo(right.Reach) : left.Start.CompareTo(right.Start));
        using var insert = db.InsertInto("instances", Columns);
        foreach (var row in rows)
        {
            insert.Add(
                row.CollectionKey, (long)row.Reach, row.Start, row.EntryKey, row.RecurrenceId,
                (long)row.Kind, row.End, row.LocalStart, row.LocalEnd, row.StartZone, row.EndZone, row.Title, row.Detail);
        }
    }

    public static async Task DeleteAsync(PeerWebContext db, IEnumerable<long> entries, CancellationToken cancellationToken)
    {
        foreach (var chunk in entries.Chunk(500))
            await db.Instances.Where(instance => chunk.Contains(instance.EntryKey)).ExecuteDeleteAsync(cancellationToken);
    }
}
