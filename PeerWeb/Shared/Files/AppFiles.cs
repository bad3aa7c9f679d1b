using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Import;

namespace PeerWeb.Shared.Files;

/// <summary>What pages and commands need to know of an app to take its files in and to hand them out. The app's feature registers it.</summary>
public sealed record AppFiles(AppId App, EntryNouns Nouns)
{
    /// <summary>Heading of the import page.</summary>
    public required string Title { get; init; }

    /// <summary>Which files are taken, to go on with a full stop: "An iCalendar file (.ics), as every calendar program exports it".</summary>
    public required string Lead { get; init; }

    /// <summary>Endings and media types, as an input for files has them.</summary>
    public required string Accept { get; init; }

    /// <summary>What <see cref="EntryWords.Detail"/> is called: "When".</summary>
    public required string DetailTitle { get; init; }

    /// <summary>An entry in words.</summary>
    /// <remarks>Throws <see cref="InvalidEntryException"/> for a text that is none.</remarks>
    public required Func<string, EntryWords> Words { get; init; }

    /// <summary>The forms of its files, the one that keeps everything first.</summary>
    public required IReadOnlyList<FileForm> Forms { get; init; }

    /// <summary>Whether entries have days that a preview names and by which an export may be cut.</summary>
    public bool HasDays { get; init; }

    /// <summary>The columns of a file that is a table; null for one that is none, and where the app reads no tables.</summary>
    /// <remarks>Takes the first <see cref="ColumnMapping.LookedAt"/> octets of the file.</remarks>
    public Func<ReadOnlyMemory<byte>, CancellationToken, Task<ColumnMapping?>> FindColumns { get; init; } = (_, _) => Task.FromResult<ColumnMapping?>(null);

    /// <summary>Of an app whose entries are parts of calendar files.</summary>
    public static AppFiles OfICalendar(AppId app, EntryNouns nouns, string title, string lead, string detailTitle, Func<string, EntryWords> words) => new(app, nouns)
    {
        Title = title,
        Lead = lead,
        Accept = ".ics,.ical,.ifb,text/calendar",
        DetailTitle = detailTitle,
        HasDays = true,
        Forms = [FileForm.ICalendar],
        Words = words,
    };

    /// <summary>Where its entries show.</summary>
    public string Page => $"/{App}";

    public string ImportPage => $"/{App}/import";

    public string ExportPath => $"/{App}/export";
}

/// <summary>One entry as the preview of an import shows it.</summary>
/// <param name="Detail">What matters beside the title, such as when it is; empty where there is nothing.</param>
/// <param name="Note">A further line of it, such as how it repeats.</param>
/// <param name="Facts">What is compared with the entry that is there already, the same in the same order for every entry of an app.</param>
public sealed record EntryWords(string Title, string Detail, string? Note, IReadOnlyList<EntryFact> Facts);

/// <param name="What">"title"</param>
public readonly record struct EntryFact(string What, string Value);
