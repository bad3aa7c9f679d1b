using System.Text;

namespace PeerWeb.Core.Formats;

/// <summary>What is kept of one component or card of a file until its entry is put together.</summary>
/// <param name="Uid">Empty of what is no entry.</param>
/// <param name="Label">Title or UID, as far as it could be read.</param>
/// <param name="Line">1-based line of its BEGIN, or that is to blame.</param>
/// <param name="Reason">Why it is no entry; null of an entry's component.</param>
/// <param name="Zones">TZIDs that it refers to; none of a card.</param>
/// <param name="Lines">The file's line of each property of <paramref name="Text"/>, ascending.</param>
/// <param name="Text">BEGIN to END, folded.</param>
internal sealed record FilePiece(
    string Uid, string Label, int Line, string? Reason, IReadOnlyList<string> Zones, IReadOnlyList<int> Lines, string Text)
{
    public static FilePiece Broken(string label, int line, string reason) => new(string.Empty, label, line, reason, [], [], string.Empty);

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Reason is not null);
        writer.Write(Label);
        writer.Write7BitEncodedInt(Line);
        if (Reason is not null)
        {
            writer.Write(Reason);
            return;
        }
        writer.Write(Uid);
        writer.Write7BitEncodedInt(Zones.Count);
        foreach (var zone in Zones)
            writer.Write(zone);
        writer.Write7BitEncodedInt(Lines.Count);
        var before = 0;
        foreach (var line in Lines)
        {
            // Differences are small, and one octet each.
            writer.Write7BitEncodedInt(line - before);
            before = line;
        }
        writer.Write(Encoding.UTF8.GetBytes(Text));
    }

    public static FilePiece Read(byte[] octets)
    {
        using var reader = new BinaryReader(new MemoryStream(octets, writable: false));
        var isBroken = reader.ReadBoolean();
        var label = reader.ReadString();
        var line = reader.Read7BitEncodedInt();
        if (isBroken)
            return Broken(label, line, reader.ReadString());
        var uid = reader.ReadString();
        var zones = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < zones.Length; i++)
            zones[i] = reader.ReadString();
        var lines = new int[reader.Read7BitEncodedInt()];
        var before = 0;
        for (var i = 0; i < lines.Length; i++)
            lines[i] = before += reader.Read7BitEncodedInt();
        var text = Encoding.UTF8.GetString(octets.AsSpan((int)reader.BaseStream.Position));
        return new FilePiece(uid, label, line, Reason: null, zones, lines, text);
    }
}
