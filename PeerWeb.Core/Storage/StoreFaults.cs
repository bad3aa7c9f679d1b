using Microsoft.Data.Sqlite;
using Npgsql;
using PeerWeb.Core.Entries;
using static SQLitePCL.raw;

namespace PeerWeb.Core.Storage;

/// <summary>The one place that knows how each database says that it is full, busy or broken.</summary>
public static class StoreFaults
{
    /// <summary>What <paramref name="failure"/> says of the database; null where it says nothing, and is a defect of ours.</summary>
    public static StoreUnavailableException? In(Exception? failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is StoreUnavailableException known)
                return known;
            // Who asked gave up; that the server stopped for it (57014, within) is no fault of its.
            if (inner is OperationCanceledException)
                return null;
            if (FaultOf(inner) is { } fault)
                return new StoreUnavailableException(fault, failure);
        }
        return null;
    }

    /// <summary>For what is called where nobody may know a database.</summary>
    /// <exception cref="StoreUnavailableException">The database is full, busy or broken.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is not StoreUnavailableException && In(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private static StoreFault? FaultOf(Exception failure) => failure switch
    {
        SqliteException sqlite => OfSqlite(sqlite.SqliteErrorCode, sqlite.SqliteExtendedErrorCode),
        PostgresException postgres => OfPostgres(postgres.SqlState),
        // Ours waited in vain: for a connection of the pool, or for an answer.
        NpgsqlException { InnerException: TimeoutException } => StoreFault.Busy,
        NpgsqlException => StoreFault.Broken,
        // Npgsql 10 stumbles over a server that dies between the statements of an answer, or of a transaction.
        NullReferenceException or ObjectDisposedException or InvalidOperationException when failure.Source == nameof(Npgsql) => StoreFault.Broken,
        _ => null,
    };

    /// <remarks>The journal's index grows by a byte at a time, and for nothing but space that fails.</remarks>
    private static StoreFault? OfSqlite(int code, int extended) => code switch
    {
        SQLITE_FULL => StoreFault.Full,
        SQLITE_IOERR when extended == SQLITE_IOERR_SHMSIZE => StoreFault.Full,
        SQLITE_BUSY or SQLITE_LOCKED => StoreFault.Busy,
        SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH or SQLITE_PROTOCOL => StoreFault.Broken,
        _ => null,
    };

    /// <remarks>PostgreSQL, appendix A: classes 08 connection, 53 resources, 57 intervention, 58 system, XX damage.</remarks>
    private static StoreFault? OfPostgres(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => StoreFault.Full,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled => StoreFault.Busy,
        PostgresErrorCodes.ReadOnlySqlTransaction => StoreFault.Broken,
        _ when state[..2] is "08" or "53" or "57" or "58" => StoreFault.Broken,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StoreFault.Broken,
        _ => null,
    };
}
