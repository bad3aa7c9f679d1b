using System.Data.Common;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Storage;

/// <summary>What all instances of an entry have in common, without times.</summary>
internal sealed record EntryHead(EntrySummary Summary)
{
    /// <summary>What <see cref="Read"/> reads, of the entries named <c>e</c>.</summary>
    public const string Columns = "e.\"Uid\", e.\"Epoch\", e.\"Sequence\", e.\"Title\", e.\"IsPrivate\", e.\"Detail\"";

    /// <param name="at">Where the columns begin.</param>
    public static EntryHead Read(DbDataReader reader, int at, CollectionId collection) => new(new EntrySummary(
        collection,
        Uid.Parse(reader.Text(at)),
        TokenSeal.ETagOf((int)reader.Int64(at + 1), reader.Int64(at + 2)),
        RecurrenceId: null,
        reader.Text(at + 3),
        Start: null,
        End: null,
        reader.GetBoolean(at + 4),
        reader.Text(at + 5)));
}
