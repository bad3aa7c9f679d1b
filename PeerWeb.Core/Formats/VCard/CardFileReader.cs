using System.Runtime.CompilerServices;
using System.Text;
using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.VCard;

/// <summary>A card of a file.</summary>
/// <param name="Line">1-based line of its BEGIN.</param>
/// <param name="Card">Null where it is broken.</param>
/// <param name="Label">What it is called, as far as it could be read.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
internal sealed record FileCard(int Line, CardText? Card, string Label, InvalidEntryException? Problem);

/// <summary>Cuts a file into its cards, holding one at a time; a broken one ends at its END line or where the next begins.</summary>
internal sealed class CardFileReader
{
    private static readonly LineRules Rules = new(Entry.MaxBytes, IsQuotedPrintable: true);

    private RawCard? _open;
    private InvalidEntryException? _problem;
    private string _label = string.Empty;
    private int _line;
    private int _size;

    public static async IAsyncEnumerable<FileCard> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new CardFileReader();
        var lines = await FileLineReader.OpenAsync(file, Rules, cancellationToken);
        do
        {
            while (lines.TryRead(out var line))
            {
                if (reader.Add(line) is { } card)
                    yield return card;
            }
        }
        while (await lines.FillAsync(cancellationToken));
        if (lines.TryTakeLast(out var last) && reader.Add(last) is { } ended)
            yield return ended;
        if (reader.Close() is { } open)
            yield return open;
    }

    /// <summary>The card that this line ends, or that ends before it.</summary>
    private FileCard? Add(FileLine line)
    {
        var begins = line.Raw is { } marked && RawCard.IsMarker(marked, "BEGIN") && RawCard.IsCard(marked);
        FileCard? closed = null;
        if (begins && _open is not { IsWithinAgent: true })
        {
            closed = Close();
            (_open, _line, _size, _problem, _label) = (new RawCard(), line.Number, 0, null, string.Empty);
        }
        if (_open is not { } open)
            return closed;
        if (_problem is null)
            AddTo(open, line);
        // The END of a broken card ends it, too: what comes then is not its own.
        var ends = _problem is null ? open.IsEnded : line.Raw is { } raw && RawCard.IsMarker(raw, "END") && RawCard.IsCard(raw);
        return ends ? Close() : closed;
    }

    private void AddTo(RawCard open, FileLine line)
    {
        try
        {
            if (line.Raw is not { } raw || (_size += Encoding.UTF8.GetByteCount(raw)) > Entry.MaxBytes)
                throw new InvalidEntryException($"It is larger than {Entry.MaxBytes / 1024} KiB.", line.Number);
            if (_label.Length == 0 && raw.StartsWith("FN", StringComparison.OrdinalIgnoreCase))
                _label = raw;
            open.Add(line.Number, raw);
        }
        catch (InvalidEntryException exception)
        {
            _problem = exception;
        }
    }

    private FileCard? Close()
    {
        if (_open is not { } open)
            return null;
        _open = null;
        if (_problem is null)
        {
            try
            {
                var card = ParserBoundary.Guard(() => CardText.Of(open));
                return new FileCard(_line, card, CardNames.Of(card.Lines), null);
            }
            catch (InvalidEntryException exception)
            {
                _problem = exception;
            }
        }
        return new FileCard(_line, null, LabelOf(_label), _problem);
    }

    /// <summary>What the FN of a broken card says, whatever its version.</summary>
    private static string LabelOf(string raw)
    {
        try
        {
            return raw.Length == 0 ? raw : new CardUpgrade(CardVersion.V21).Upgrade(ContentLine.Parse(raw, 0)).Text;
        }
        catch (InvalidEntryException)
        {
            return raw;
        }
    }
}
