using PeerWeb.Core.Entries;

namespace PeerWeb.Shared.Import;

/// <summary>A file that is a table: what its columns are was recognised by their names, and may be changed by who imports. Never changes itself.</summary>
public abstract class ColumnMapping
{
    /// <summary>Octets of a file by which its columns are known.</summary>
    public const int LookedAt = 64 * 1024;

    /// <summary>How the file is written: "UTF-8, columns parted by commas".</summary>
    public abstract string FileWords { get; }

    /// <summary>In the order of the file.</summary>
    public abstract IReadOnlyList<MappedColumn> Columns { get; }

    /// <summary>Everything that a column can be, "not imported" first.</summary>
    public abstract IReadOnlyList<ColumnField> Fields { get; }

    /// <param name="column">From 0.</param>
    /// <param name="field">An <see cref="ColumnField.Id"/>.</param>
    /// <returns>Null where there is no such field.</returns>
    public abstract ColumnMapping? With(int column, string field);

    /// <summary>The entries of the whole file, a result for each row.</summary>
    /// <param name="file">From its beginning, read once, asynchronously only.</param>
    public abstract IAsyncEnumerable<FileEntry> ReadAsync(Stream file, CancellationToken cancellationToken);
}

/// <param name="Values">Of the first rows.</param>
/// <param name="Field">The id of what it is.</param>
public sealed record MappedColumn(string Header, IReadOnlyList<string> Values, string Field);

/// <param name="Id">As commands have it: "phone:work".</param>
/// <param name="Group">Those of one group stand together; empty for what belongs to none.</param>
/// <param name="IsRead">False for "not imported" alone.</param>
public sealed record ColumnField(string Id, string Label, string Group, bool IsRead = true);

/// <summary>What who imports says of a column.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Field">The id of what it is.</param>
public sealed record ColumnChoice(int Column, string Field);
