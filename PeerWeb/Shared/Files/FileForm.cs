using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Files;

/// <summary>A form in which the entries of an app are written into a file.</summary>
/// <param name="Id">As addresses and commands have it: "ics".</param>
/// <param name="Label">In a list to choose from.</param>
/// <param name="Ending">With its dot.</param>
/// <param name="Join">Writes it; null for the form that <see cref="IApp.JoinAsync"/> writes.</param>
public sealed record FileForm(string Id, string Label, string Ending, string MediaType, JoinEntries? Join = null)
{
    public Task JoinAsync(IApp app, IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken) =>
        Join is { } join ? join(entries, file, onSkipped, cancellationToken) : app.JoinAsync(entries, file, onSkipped, cancellationToken);

    /// <summary>The one form of apps whose entries are iCalendar's.</summary>
    public static FileForm ICalendar { get; } = new("ics", "iCalendar", ".ics", "text/calendar");
}

/// <inheritdoc cref="IApp.JoinAsync"/>
public delegate Task JoinEntries(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken);
