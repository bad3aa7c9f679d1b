using System.Buffers.Binary;
using System.Text;

namespace PeerWeb.Bench.Circuits;

/// <summary>What the server sends to be drawn, as far as a client needs it that draws nothing: which elements handle which events.</summary>
/// <remarks>
/// The format is that of the framework's <c>RenderBatchWriter</c>: all numbers little-endian; at the end five offsets (updated components, reference frames, disposed
/// components, disposed handlers, texts). A reference frame has 20 octets: its kind, and for an attribute name and value as indexes of texts, then the handler's id.
/// </remarks>
internal readonly struct RenderBatch(ReadOnlyMemory<byte> octets)
{
    private const int FrameSize = 20;
    private const int Element = 1;
    private const int Attribute = 3;

    /// <summary>The events whose text has that mark, each by its text from the UID to the start. Texts are in a batch as they are, in UTF-8.</summary>
    public void AddEvents(ReadOnlySpan<byte> mark, HashSet<string> into)
    {
        var rest = octets.Span;
        for (int at; (at = rest.IndexOf(mark)) >= 0;)
        {
            var uid = rest[..at].LastIndexOf(" data-uid="u8);
            var end = at + mark.Length + rest[(at + mark.Length)..].IndexOf((byte)'"');
            into.Add(Encoding.UTF8.GetString(rest[uid..end]));
            rest = rest[end..];
        }
    }

    /// <summary>The handlers of elements that are new in it, as (value of the attribute <paramref name="key"/>, name of the handler's attribute, id).</summary>
    public List<(string Key, string Name, long Id)> Handlers(string key)
    {
        var found = new List<(string, string, long)>();
        var frames = Number(Offset(1));
        for (var i = 0; i < frames; i++)
        {
            if (Number(Frame(i)) != Element)
                continue;
            string? value = null;
            var handlers = new List<(string Name, long Id)>();
            for (; i + 1 < frames && Number(Frame(i + 1)) == Attribute; i++)
            {
                var at = Frame(i + 1);
                var name = Text(Number(at + 4));
                var handler = BinaryPrimitives.ReadInt64LittleEndian(octets.Span[(at + 12)..]);
                if (handler > 0)
                    handlers.Add((name, handler));
                else if (name == key)
                    value = Text(Number(at + 8));
            }
            if (value is not null)
                found.AddRange(handlers.Select(handler => (value, handler.Name, handler.Id)));
        }
        return found;
    }

    /// <param name="which">Of the five offsets at the end.</param>
    private int Offset(int which) => Number(octets.Length - 20 + (4 * which));

    private int Frame(int number) => Offset(1) + 4 + (number * FrameSize);

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(octets.Span[at..]);

    private string Text(int index)
    {
        if (index < 0)
            return string.Empty;
        var at = Number(Offset(4) + (4 * index));
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = octets.Span[at++];
            length |= (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0)
                break;
        }
        return Encoding.UTF8.GetString(octets.Span.Slice(at, length));
    }
}
