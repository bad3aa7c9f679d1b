using System.Runtime.CompilerServices;
using System.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>Splits a file of cards, of any versions, into entries; of several with one UID the first counts, and the others are reported.</summary>
/// <remarks>Two passes, as UIDs may come again at any distance: the file goes through <see cref="FilePieces"/>. Memory stays the same however large the file is.</remarks>
public static class CardFile
{
    private const int LongestLabel = 200;

    /// <summary>Entries between two looks at whether the caller still wants them.</summary>
    private const int Patience = 64;

    public static async IAsyncEnumerable<FileEntry> SplitAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pieces = new FilePieces();
        using var memory = new MemoryStream();
        await foreach (var card in CardFileReader.ReadAsync(file, cancellationToken))
            Add(pieces, memory, PieceOf(card));
        if (pieces.Count == 0)
            yield return new FileEntry.Unreadable(1, string.Empty, 1, "This is no vCard file.");
        var (number, first, firstLine) = (0, -1L, 0);
        foreach (var note in pieces.Ordered())
        {
            if (number++ % Patience == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var piece = FilePiece.Read(pieces.Read(note));
            var isRepeated = note.First == first;
            if (!isRepeated)
                (first, firstLine) = (note.First, piece.Line);
            yield return Read(number, piece, isRepeated ? firstLine : null) with { Total = (int)Math.Min(pieces.Count, int.MaxValue) };
        }
    }

    /// <summary>For a card without one: the same for the same card, whatever else is in its file and whenever it was written.</summary>
    internal static string UidOf(IEnumerable<CardLine> lines) =>
        FilePieces.UidOf(string.Join('\n', lines.Where(line => line.Name is not ("UID" or "REV" or "PRODID")).Select(line => line.Line.Raw)));

    private static FileEntry Read(int number, FilePiece piece, int? known)
    {
        if (piece.Reason is { } reason)
            return new FileEntry.Unreadable(number, piece.Label, piece.Line, reason);
        if (!Uid.TryParse(piece.Uid, out var uid))
            return new FileEntry.Unreadable(number, piece.Label, piece.Line, $"The UID is empty or longer than {Uid.MaxLength} characters.");
        return known is { } line
            ? new FileEntry.Unreadable(number, piece.Label, piece.Line, $"The card in line {line} has the same UID; of several the first counts.")
            : new FileEntry.Readable(number, piece.Label, piece.Line, uid, piece.Text, piece.Lines);
    }

    private static void Add(FilePieces pieces, MemoryStream memory, FilePiece piece)
    {
        memory.SetLength(0);
        using var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true);
        piece.WriteTo(writer);
        var kept = pieces.Texts.Append(memory.GetBuffer().AsSpan(0, (int)memory.Length));
        if (piece.Reason is null)
            pieces.Add(FilePieces.KeyOf(piece.Uid), kept, container: 0);
        else
            pieces.AddAlone(kept, container: 0);
    }

    private static FilePiece PieceOf(FileCard file)
    {
        var label = DisplayText.Excerpt(file.Label, LongestLabel);
        if (file.Card is not { } card || file.Problem is not null)
            return FilePiece.Broken(label, file.Problem?.Line ?? file.Line, file.Problem?.Message ?? "It cannot be read.");
        var uid = card.TextOf("UID") ?? string.Empty;
        if (uid.Length == 0)
        {
            uid = UidOf(card.Lines);
            card = CardText.Of([CardUid.ToLine(uid), .. card.Lines.Where(line => line.Name != "UID")]);
        }
        return new FilePiece(uid, label, file.Line, Reason: null, [], [file.Line, 0, .. card.Lines.Select(line => line.Line.Number), 0], card.Text);
    }
}
