namespace PeerWeb.Core.Storage;

/// <summary>What a row has in one column: a number, a truth, a text, or none of them where it is NULL.</summary>
internal readonly record struct ColumnValue
{
    public long? Number { get; private init; }

    public bool? Truth { get; private init; }

    public string? Text { get; private init; }

    public static implicit operator ColumnValue(long number) => new() { Number = number };

    public static implicit operator ColumnValue(long? number) => new() { Number = number };

    public static implicit operator ColumnValue(bool truth) => new() { Truth = truth };

    public static implicit operator ColumnValue(string? text) => new() { Text = text };
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
