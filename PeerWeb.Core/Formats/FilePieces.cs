using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>Pieces of a file, kept aside until it is known which of them are of one entry. Memory does not grow with the file.</summary>
internal sealed class FilePieces : IDisposable
{
    private readonly NoteSort _byKey = new(Note.ByKey);
    private readonly NoteSort _byFirst = new(Note.ByFirst);
    private long _place;

    public SpillStream Texts { get; } = new();

    /// <summary>How many pieces there are.</summary>
    public long Count => _place;

    /// <summary>How many entries they are of, with those that are of none; known with the first of <see cref="Ordered"/>.</summary>
    public int GroupCount { get; private set; }

    /// <param name="key">The same for all pieces of one entry.</param>
    public void Add(UInt128 key, SpillStream.Piece piece, int container) =>
        _byKey.Add(new Note(key, First: 0, _place++, piece.At, piece.Length, container));

    /// <summary>Of a piece that belongs to no other.</summary>
    public void AddAlone(SpillStream.Piece piece, int container) => Add(new UInt128(0, (ulong)_place), piece, container);

    /// <summary>Those of one entry together, where the first of them is in the file. To be read once, when all are there.</summary>
    public IEnumerable<Note> Ordered()
    {
        Note? first = null;
        foreach (var note in _byKey.Sorted())
        {
            if (first is not { } known || known.Key != note.Key)
            {
                first = note;
                GroupCount++;
            }
            _byFirst.Add(note with { First = first.Value.Place });
        }
        return _byFirst.Sorted();
    }

    public byte[] Read(Note note) => Texts.Read(note.Piece);

    public void Dispose()
    {
        _byKey.Dispose();
        _byFirst.Dispose();
        Texts.Dispose();
    }

    /// <summary>A digest, so that all notes are of one size and nobody can make two UIDs meet.</summary>
    public static UInt128 KeyOf(string uid)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(uid), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    /// <summary>For an entry that has none: the same text gets the same UID in every import.</summary>
    public static string UidOf(string text) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}@import.invalid";
}
