using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Import;

/// <summary>The calls of an app's import page, as the signed-in user of the circuit.</summary>
public delegate ImportCalls ImportCallsOf(AppId app);

/// <summary>What the import asks of the rest, as the signed-in user of the circuit.</summary>
/// <param name="Targets">The collections to which the viewer may add, anew whenever another installation has answered.</param>
/// <param name="AddCollection">Makes a collection of that name in a colour that the viewer's others do not have.</param>
/// <param name="Preview">What an import into a collection, or into a new one, would do; the file is read once, asynchronously only.</param>
/// <param name="Import">Saves the entries of a file, a result for each; the file as above.</param>
/// <remarks>Preview and import throw <see cref="SourceUnavailableException"/> where the owner does not answer.</remarks>
public sealed record ImportCalls(
    Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Source>>> Targets,
    Func<string, CancellationToken, Task<SourceId>> AddCollection,
    Func<SourceId?, ImportedFile, CancellationToken, IAsyncEnumerable<PreviewedEntry>> Preview,
    Func<SourceId, ImportedFile, CancellationToken, IAsyncEnumerable<ImportedEntry>> Import);

/// <summary>A file from its beginning.</summary>
/// <param name="Columns">What its columns are, where it is a table; null for the app's own form.</param>
public sealed record ImportedFile(Stream Content, ColumnMapping? Columns)
{
    public IAsyncEnumerable<FileEntry> SplitAsync(IApp app, CancellationToken cancellationToken) =>
        Columns is { } columns ? columns.ReadAsync(Content, cancellationToken) : app.SplitAsync(Content, cancellationToken);
}
