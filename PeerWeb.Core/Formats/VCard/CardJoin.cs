using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>Writes entries as one file of cards, one after the other; holds one at a time.</summary>
internal static class CardJoin
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="version">4.0 or 3.0.</param>
    /// <param name="onSkipped">Told of entries that cannot be read, which are left out.</param>
    public static async Task WriteAsync(
        IAsyncEnumerable<Entry> entries, Stream file, CardVersion version, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(file, Utf8, bufferSize: 64 * 1024, leaveOpen: true);
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            if (TextOf(entry, version, onSkipped) is { } text)
                await writer.WriteAsync(text.AsMemory(), cancellationToken);
        }
    }

    /// <summary>Null where it cannot be read: one entry must not spoil the file that it is in.</summary>
    private static string? TextOf(Entry entry, CardVersion version, Action<SkippedEntry> onSkipped)
    {
        try
        {
            return ParserBoundary.Guard(() => version == CardVersion.V40 ? CardText.Read(entry.Text).Text : CardDowngrade.Write(entry.Text));
        }
        catch (InvalidEntryException invalid)
        {
            onSkipped(new SkippedEntry(entry.Collection, entry.Uid, invalid.Message, invalid.Line));
            return null;
        }
    }
}
