using PeerWeb.Core.Formats;
using PeerWeb.Shared.Files;
using PeerWeb.Shared.Import;

namespace PeerWeb.Cli;

/// <summary>The columns of a file that is a table, as recognised and as said by <c>--map "Column=field"</c>.</summary>
internal static class FileColumns
{
    /// <param name="file">Read once, asynchronously only.</param>
    /// <returns>The file from its beginning; columns null where it is no table.</returns>
    /// <exception cref="CommandFailedException">It is no table, though columns of it were said, or there is no such column or field.</exception>
    public static async Task<ImportedFile> FindAsync(AppFiles? app, Stream file, IReadOnlyList<string> maps, CancellationToken cancellationToken)
    {
        var head = new byte[ColumnMapping.LookedAt];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var columns = app is null ? null : await app.FindColumns(head.AsMemory(0, length), cancellationToken);
        if (maps.Count > 0 && columns is null)
            throw new CommandFailedException("--map is for files that are tables, and this is none.");
        foreach (var map in maps)
            columns = columns is null ? null : With(columns, map);
        return new ImportedFile(new PrefixedStream(head.AsMemory(0, length), file), columns);
    }

    private static ColumnMapping With(ColumnMapping columns, string map)
    {
        // A column may have an equals sign in its name, a field has none.
        var at = map.LastIndexOf('=');
        if (at < 1)
            throw new CommandFailedException($"{map} is none; --map is written as \"Column=field\".");
        var (name, field) = (map[..at].Trim(), map[(at + 1)..].Trim());
        var index = columns.Columns.ToList().FindIndex(column => string.Equals(column.Header.Trim(), name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            throw new CommandFailedException($"The file has no column {name}. It has: {string.Join(", ", columns.Columns.Select(column => column.Header.Trim()))}.");
        return columns.With(index, field)
            ?? throw new CommandFailedException($"There is no field {field}. There are: {string.Join(", ", columns.Fields.Select(known => known.Id))}.");
    }
}
