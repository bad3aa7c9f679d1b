namespace PeerWeb.Core.Entries;

/// <summary>Why a store cannot do now what it could do at another time.</summary>
public enum StoreFault
{
    /// <summary>There is no space left. Nothing was written; what is there can be read.</summary>
    Full,

    /// <summary>Others held it for longer than one waits. Nothing was written.</summary>
    Busy,

    /// <summary>It cannot be reached, or its disk fails. A write may have happened.</summary>
    Broken,
}

/// <summary>A database of this installation cannot do its work; neither the request nor the rights of whoever asked are the reason.</summary>
/// <remarks>The message is a sentence for a person who uses this installation. What was stored before is there.</remarks>
public sealed class StoreUnavailableException(StoreFault fault, Exception? inner = null) : Exception(WordsOf(fault), inner)
{
    public StoreFault Fault { get; } = fault;

    /// <summary>Whether a write that ended so may be there all the same; sent again as the same delivery it has one effect.</summary>
    public bool MayHaveHappened => Fault == StoreFault.Broken;

    /// <summary>The one that <paramref name="exception"/> is or wraps, or null.</summary>
    public static StoreUnavailableException? In(Exception? exception)
    {
        while (exception is not (null or StoreUnavailableException))
            exception = exception.InnerException;
        return (StoreUnavailableException?)exception;
    }

    private static string WordsOf(StoreFault fault) => fault switch
    {
        StoreFault.Full => "The disk of this server is full.",
        StoreFault.Busy => "The database of this server is busy with other work.",
        StoreFault.Broken => "The database of this server does not answer.",
    };
}
