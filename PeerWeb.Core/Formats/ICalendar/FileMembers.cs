using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>A component of an entry, as a file has it.</summary>
internal sealed record FileMember(Note Note, FilePiece Piece);

/// <summary>Which of the components of one UID count: of two versions of the same instance the later one, as merged exports contain them.</summary>
internal static class FileMembers
{
    /// <summary>Components of one UID that are looked at: several versions of each that an entry may have.</summary>
    public const int Most = 10 * Caps.Overrides;

    /// <exception cref="InvalidEntryException">There are too many.</exception>
    public static IReadOnlyList<FileMember> Choose(IReadOnlyList<Note> notes, FilePiece first, FileContents contents)
    {
        if (notes.Count == 1)
            return [new FileMember(notes[0], first)];
        if (notes.Count > Most)
            throw new InvalidEntryException($"There are more than {Most} components of one UID.", null);
        var chosen = new List<FileMember>();
        var versions = new Dictionary<string, (int Index, Version Version)>();
        var size = 0;
        foreach (var note in notes)
        {
            var member = new FileMember(note, contents.Read(note));
            var (recurrenceId, version) = Describe(member.Piece.Text);
            if (!versions.TryGetValue(recurrenceId, out var known))
            {
                versions.Add(recurrenceId, (chosen.Count, version));
                chosen.Add(member);
                size += member.Piece.Text.Length;
            }
            else if (version.IsNewerThan(known.Version))
            {
                size += member.Piece.Text.Length - chosen[known.Index].Piece.Text.Length;
                versions[recurrenceId] = (known.Index, version);
                chosen[known.Index] = member;
            }
            if (size > 2 * Caps.Entry)
                throw new InvalidEntryException($"The entry is larger than {Caps.Entry / 1024} KiB.", null);
        }
        return chosen;
    }

    private static (string RecurrenceId, Version Version) Describe(string text)
    {
        var lines = ContentLines.Read(text);
        string? Value(string name) => lines.Find(line => line.Name == name)?.Value.Trim();
        return (
            Value("RECURRENCE-ID") ?? string.Empty,
            new Version(int.TryParse(Value("SEQUENCE"), out var sequence) ? sequence : 0, Value("LAST-MODIFIED") ?? Value("DTSTAMP") ?? string.Empty));
    }

    /// <summary>SEQUENCE, then the time of the last change as text, which sorts as it should.</summary>
    private readonly record struct Version(int Sequence, string Changed)
    {
        public bool IsNewerThan(Version known) =>
            Sequence != known.Sequence ? Sequence > known.Sequence : string.CompareOrdinal(Changed, known.Changed) >= 0;
    }
}
