using Microsoft.Data.Sqlite;

namespace PeerWeb.Core.Storage.Copies;

/// <summary>Copies of SQLite files, and what is changed in one before it is used.</summary>
public static class SqliteCopy
{
    /// <summary>One moment of <paramref name="file"/>, whoever writes to it meanwhile: VACUUM INTO <paramref name="copy"/>, which is there and empty, or not there.</summary>
    /// <exception cref="DatabaseCopyException">It cannot be read, or there is no room.</exception>
    public static Task TakeAsync(string file, string copy, CancellationToken cancellationToken) =>
        OnAsync(file, async connection =>
        {
            // A statement of its own: an error in a second one of the same command would not be told.
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $copy";
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync(cancellationToken);
        });

    /// <summary>All statements, or none of them.</summary>
    /// <exception cref="DatabaseCopyException">One of them failed.</exception>
    public static Task ChangeAsync(string file, IEnumerable<string> statements, CancellationToken cancellationToken) =>
        OnAsync(file, async connection =>
        {
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
            foreach (var statement in statements)
            {
                await using var command = connection.CreateCommand();
                (command.CommandText, command.Transaction) = (statement, transaction);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
        });

    private static async Task OnAsync(string file, Func<SqliteConnection, Task> act)
    {
        try
        {
            await using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await act(connection);
        }
        catch (SqliteException failed)
        {
            throw new DatabaseCopyException($"{Path.GetFileName(file)}: {failed.Message}", failed);
        }
    }
}
