using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Formats;

/// <summary>The one boundary around every parser and evaluator of entries.</summary>
public static class ParserBoundary
{
    /// <summary>Runs what reads a text, so that nothing but <see cref="InvalidEntryException"/> comes out for any text.</summary>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidEntryException)
        {
            throw;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or StackOverflowException))
        {
            throw new InvalidEntryException($"The text cannot be understood: {exception.Message}", null);
        }
    }
}
