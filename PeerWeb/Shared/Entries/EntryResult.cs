using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Entries;

/// <summary>What a step of the dialog came to.</summary>
public abstract record EntryResult
{
    private EntryResult()
    {
    }

    /// <summary>The dialog has nothing more to do.</summary>
    /// <param name="Message">What happened, in one sentence; null where there is nothing to tell.</param>
    /// <param name="Undo">What takes it back, one after the other; empty where nothing does.</param>
    public sealed record Done(string? Message, IReadOnlyList<PlannedWrite> Undo) : EntryResult
    {
        public Done(string? message)
            : this(message, [])
        {
        }

        /// <summary>Said ahead of why, where only the first of <see cref="Undo"/> could be done; null for what an edit of one entry says then.</summary>
        public string? HalfUndone { get; init; }
    }

    /// <summary>Somebody else has written meanwhile; <see cref="EntrySession{TForm}.ResolveAsync"/> goes on.</summary>
    public sealed record Stale(EntryConflict Conflict) : EntryResult;

    /// <summary>The dialog stays, with what was typed and a notice of the session.</summary>
    public sealed record Stays : EntryResult;
}

/// <summary>What a notice of the dialog lets its reader do.</summary>
[Flags]
public enum NoticeOffers
{
    None = 0,
    TryAgain = 1,
    KeepDraft = 2,
    SaveAsOwn = 4,

    /// <summary>Remove the second entry that was made ahead.</summary>
    TakeBack = 8,
}

/// <summary>Why the dialog is still there.</summary>
public sealed record EntryNotice(string Text, NoticeOffers Offers = NoticeOffers.None);

public enum ConflictChoice
{
    /// <summary>Both sides' changes in one.</summary>
    Merged,
    Mine,
    Theirs,

    /// <summary>Theirs stays, mine becomes another entry.</summary>
    Both,
}

/// <summary>Two versions of one entry, and what may be made of them.</summary>
/// <param name="Mine">What puts mine in place of theirs.</param>
/// <param name="Differences">By property; left is mine.</param>
/// <param name="Merged">What saves both sides' changes in one; null where both touched the same.</param>
/// <param name="MergedWords">What <paramref name="Merged"/> takes from whom: "your title, their time".</param>
/// <param name="BothInto">Where mine could go as another entry; null where nowhere.</param>
public sealed record EntryConflict(
    PlannedEdit Mine, Entry Theirs, IReadOnlyList<EntryDifference> Differences, PlannedEdit? Merged, string? MergedWords, Source? BothInto);
