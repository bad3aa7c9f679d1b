using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PeerWeb.Bench.Circuits;

/// <summary>As much of MessagePack as hub messages need: nil, booleans, integers, texts, octets and arrays; of maps only that they are passed over.</summary>
internal static class MessagePack
{
    public static void Write(IBufferWriter<byte> into, object? value)
    {
        switch (value)
        {
            case null:
                Octet(into, 0xc0);
                break;
            case bool isTrue:
                Octet(into, isTrue ? (byte)0xc3 : (byte)0xc2);
                break;
            case int number:
                WriteNumber(into, number);
                break;
            case long number:
                WriteNumber(into, number);
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                WriteHead(into, utf8.Length, 0xdb);
                into.Write(utf8);
                break;
            case byte[] octets:
                WriteHead(into, octets.Length, 0xc6);
                into.Write(octets);
                break;
            case object?[] { Length: < 16 } items:
                Octet(into, (byte)(0x90 | items.Length));
                foreach (var item in items)
                    Write(into, item);
                break;
            case EmptyMap:
                Octet(into, 0x80);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is not written.", nameof(value));
        }
    }

    /// <returns>null, bool, long, string, <see cref="ReadOnlyMemory{T}"/> of octets, an array of these, or <see cref="EmptyMap"/> for any map.</returns>
    public static object? Read(ref ReadOnlyMemory<byte> rest)
    {
        var head = Take(ref rest, 1)[0];
        return head switch
        {
            <= 0x7f => (long)head,
            <= 0x8f => ReadMap(ref rest, head & 0x0f),
            <= 0x9f => ReadArray(ref rest, head & 0x0f),
            <= 0xbf => ReadText(ref rest, head & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            >= 0xc4 and <= 0xc6 => ReadOctets(ref rest, (int)ReadBig(ref rest, 1 << (head - 0xc4))),
            >= 0xcc and <= 0xcf => (long)ReadBig(ref rest, 1 << (head - 0xcc)),
            0xd0 => (long)(sbyte)ReadBig(ref rest, 1),
            0xd1 => (long)(short)ReadBig(ref rest, 2),
            0xd2 => (long)(int)ReadBig(ref rest, 4),
            0xd3 => (long)ReadBig(ref rest, 8),
            >= 0xd9 and <= 0xdb => ReadText(ref rest, (int)ReadBig(ref rest, 1 << (head - 0xd9))),
            0xdc or 0xdd => ReadArray(ref rest, (int)ReadBig(ref rest, head == 0xdc ? 2 : 4)),
            0xde or 0xdf => ReadMap(ref rest, (int)ReadBig(ref rest, head == 0xde ? 2 : 4)),
            >= 0xe0 => (long)(sbyte)head,
            _ => throw new InvalidDataException($"0x{head:x2} begins nothing that a hub message holds."),
        };
    }

    private static void WriteNumber(IBufferWriter<byte> into, long number)
    {
        if (number is >= 0 and <= 0x7f)
        {
            Octet(into, (byte)number);
            return;
        }
        Octet(into, 0xd3);
        BinaryPrimitives.WriteInt64BigEndian(into.GetSpan(8), number);
        into.Advance(8);
    }

    /// <param name="wide">The head whose length has four octets; texts and octets may always have it.</param>
    private static void WriteHead(IBufferWriter<byte> into, int length, byte wide)
    {
        Octet(into, wide);
        BinaryPrimitives.WriteInt32BigEndian(into.GetSpan(4), length);
        into.Advance(4);
    }

    private static void Octet(IBufferWriter<byte> into, byte octet)
    {
        into.GetSpan(1)[0] = octet;
        into.Advance(1);
    }

    private static ulong ReadBig(ref ReadOnlyMemory<byte> rest, int width)
    {
        var number = 0UL;
        foreach (var octet in Take(ref rest, width))
            number = (number << 8) | octet;
        return number;
    }

    private static object?[] ReadArray(ref ReadOnlyMemory<byte> rest, int length)
    {
        var items = new object?[length];
        for (var i = 0; i < length; i++)
            items[i] = Read(ref rest);
        return items;
    }

    private static EmptyMap ReadMap(ref ReadOnlyMemory<byte> rest, int pairs)
    {
        for (var i = 0; i < 2 * pairs; i++)
            Read(ref rest);
        return EmptyMap.Instance;
    }

    private static string ReadText(ref ReadOnlyMemory<byte> rest, int length) => Encoding.UTF8.GetString(Take(ref rest, length));

    private static ReadOnlyMemory<byte> ReadOctets(ref ReadOnlyMemory<byte> rest, int length)
    {
        var octets = rest[..length];
        rest = rest[length..];
        return octets;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlyMemory<byte> rest, int length) => ReadOctets(ref rest, length).Span;
}

/// <summary>The headers of hub messages, of which there are none.</summary>
internal sealed class EmptyMap
{
    public static readonly EmptyMap Instance = new();

    private EmptyMap()
    {
    }
}
