using System.Runtime.CompilerServices;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Splits a file of one or more VCALENDARs into entries, one per UID, whatever order its components come in.</summary>
/// <remarks>Two passes: the file goes into a <see cref="SpillStream"/> with a short note per component, then each entry is put together from it.
/// Memory grows with the number of components (some hundred octets each), not with their text.</remarks>
/// <param name="componentName">Which components are entries, such as VEVENT.</param>
/// <param name="noun">What they are called: "event".</param>
/// <param name="check">Throws <see cref="InvalidEntryException"/> for a text that cannot be saved.</param>
public sealed class CalendarFile(string componentName, string noun, Action<string> check)
{
    public async IAsyncEnumerable<FileEntry> SplitAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var spill = new SpillStream();
        var contents = new FileContents();
        var isCalendar = false;
        await foreach (var component in FileComponentReader.ReadAsync(file, cancellationToken))
        {
            isCalendar = true;
            await contents.AddAsync(component, componentName, spill, cancellationToken);
        }
        var number = 0;
        if (!isCalendar)
            yield return new FileEntry.Unreadable(1, string.Empty, "This is no iCalendar file.", 1);
        foreach (var item in contents.Items)
        {
            number++;
            yield return item switch
            {
                FileContents.Broken broken => new FileEntry.Unreadable(number, broken.Label, broken.Reason ?? $"{broken.Name} is not an {noun}.", broken.Line),
                FileContents.Group group => await ReadGroupAsync(number, group, spill, cancellationToken),
                _ => throw new InvalidOperationException("A file holds groups and broken components only."),
            };
        }
    }

    private async Task<FileEntry> ReadGroupAsync(int number, FileContents.Group group, SpillStream spill, CancellationToken cancellationToken)
    {
        try
        {
            if (!Uid.TryParse(group.Uid, out var uid))
                throw new InvalidEntryException($"The UID is empty or longer than {Uid.MaxLength} characters.", null);
            var text = await EntryText.AssembleAsync(group, spill, cancellationToken);
            check(text);
            return new FileEntry.Readable(number, group.Label, uid, text);
        }
        catch (InvalidEntryException exception)
        {
            return new FileEntry.Unreadable(number, group.Label, exception.Message, group.Members[0].Line);
        }
    }
}
