using Npgsql;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Storage;
using Xunit;

namespace PeerWeb.Tests.Storage;

public sealed class StoreFaultsTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("53100", StoreFault.Full)]
    [InlineData("55P03", StoreFault.Busy)]
    [InlineData("40P01", StoreFault.Busy)]
    [InlineData("40001", StoreFault.Busy)]
    [InlineData("53300", StoreFault.Busy)]
    [InlineData("57014", StoreFault.Busy)]
    [InlineData("57P01", StoreFault.Broken)]
    [InlineData("57P03", StoreFault.Broken)]
    [InlineData("08006", StoreFault.Broken)]
    [InlineData("58030", StoreFault.Broken)]
    [InlineData("XX001", StoreFault.Broken)]
    [InlineData("25006", StoreFault.Broken)]
    [InlineData("53200", StoreFault.Broken)]
    [InlineData("23505", null)]
    [InlineData("42P01", null)]
    [InlineData("22001", null)]
    public async Task What_postgresql_says_is_told_apart_by_its_code_and_a_defect_of_ours_stays_one(string code, StoreFault? fault)
    {
        await using var connection = new NpgsqlConnection((await cluster.NewSchemaAsync()).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The codes are those above.
        command.CommandText = $"DO $$ BEGIN RAISE EXCEPTION 'a test' USING ERRCODE = '{code}'; END $$";
#pragma warning restore CA2100
        var raised = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(fault, StoreFaults.In(new InvalidOperationException("Wrapped.", raised))?.Fault);
        Assert.Null(StoreFaults.In(new OperationCanceledException("Given up.", raised)));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_broken_store()
    {
        await using var connection = new NpgsqlConnection("Host=/nowhere;Username=peerweb;Database=postgres;Pooling=false");

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => connection.OpenAsync(Cancel));
        Assert.Equal(StoreFault.Broken, StoreFaults.In(failed)?.Fault);
        Assert.Null(StoreFaults.In(new InvalidOperationException("Ours.")));
    }

    /// <summary>So it ends where the server dies between two statements.</summary>
    [Fact]
    public async Task A_transaction_that_is_over_is_a_broken_store()
    {
        await using var connection = new NpgsqlConnection((await cluster.NewSchemaAsync()).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await transaction.RollbackAsync(Cancel);
        await using var command = connection.CreateCommand();

        var failed = Assert.Throws<InvalidOperationException>(() => command.Transaction = transaction);
        Assert.Equal(StoreFault.Broken, StoreFaults.In(failed)?.Fault);
    }
}
