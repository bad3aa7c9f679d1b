using System.Runtime.CompilerServices;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Splits a file of one or more VCALENDARs into entries, one per UID, whatever order its components come in.</summary>
/// <remarks>Two passes: the file goes through <see cref="FileContents"/>, then each entry is put together. Memory stays the same however large the file is.</remarks>
/// <param name="kind">Which components are entries.</param>
public sealed class CalendarFile(ComponentKind kind)
{
    /// <summary>Entries between two looks at whether the caller still wants them.</summary>
    private const int Patience = 64;

    public async IAsyncEnumerable<FileEntry> SplitAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var contents = new FileContents(kind);
        var isCalendar = false;
        await foreach (var component in FileComponentReader.ReadAsync(file, cancellationToken))
        {
            isCalendar = true;
            contents.Add(component);
        }
        if (!isCalendar)
            yield return new FileEntry.Unreadable(1, string.Empty, 1, "This is no iCalendar file.");
        var number = 0;
        foreach (var notes in contents.Groups(FileMembers.Most))
        {
            if (number++ % Patience == 0)
                cancellationToken.ThrowIfCancellationRequested();
            yield return Read(number, notes, contents) with { Total = contents.GroupCount };
        }
    }

    private static FileEntry Read(int number, IReadOnlyList<Note> notes, FileContents contents)
    {
        var first = contents.Read(notes[0]);
        if (first.Reason is { } reason)
            return new FileEntry.Unreadable(number, first.Label, first.Line, reason);
        try
        {
            if (!Uid.TryParse(first.Uid, out var uid))
                throw new InvalidEntryException($"The UID is empty or longer than {Uid.MaxLength} characters.", null);
            var members = FileMembers.Choose(notes, first, contents);
            var (text, lines) = new EntryText(contents).Assemble(members);
            return new FileEntry.Readable(number, first.Label, first.Line, uid, text, lines);
        }
        catch (InvalidEntryException exception)
        {
            return new FileEntry.Unreadable(number, first.Label, first.Line, exception.Message);
        }
    }
}
