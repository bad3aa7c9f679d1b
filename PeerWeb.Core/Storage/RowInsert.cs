namespace PeerWeb.Core.Storage;

/// <summary>What a row has in one column: a number, a text, or neither where it is NULL.</summary>
internal readonly record struct ColumnValue
{
    private ColumnValue(long? number, string? text) => (Number, Text) = (number, text);

    public long? Number { get; }

    public string? Text { get; }

    public static implicit operator ColumnValue(long number) => new(number, null);

    public static implicit operator ColumnValue(long? number) => new(number, null);

    public static implicit operator ColumnValue(bool truth) => new(truth ? 1 : 0, null);

    public static implicit operator ColumnValue(string? text) => new(null, text);
}

/// <summary>Adds rows to one table by one prepared statement, in the transaction of its context. Nobody tracks them: an import adds a hundred thousand.</summary>
internal abstract class RowInsert : IDisposable
{
    /// <param name="values">In the order of the columns.</param>
    /// <returns>The key that the database gave the row; of tables whose rows bring their own it says nothing.</returns>
    public abstract long Add(params ReadOnlySpan<ColumnValue> values);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
