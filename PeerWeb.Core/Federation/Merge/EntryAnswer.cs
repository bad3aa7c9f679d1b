using PeerWeb.Core.Entries;

namespace PeerWeb.Core.Federation.Merge;

/// <summary>What reading one entry of a source came to.</summary>
public abstract record EntryAnswer
{
    private EntryAnswer()
    {
    }

    public sealed record Found(Entry Entry) : EntryAnswer;

    /// <summary>Not there, or not for this viewer.</summary>
    public sealed record NotFound : EntryAnswer;

    /// <param name="Reason">One sentence.</param>
    public sealed record Unavailable(string Reason) : EntryAnswer;
}
