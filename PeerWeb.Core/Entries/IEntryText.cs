using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>Makes, changes and compares the texts of an app's entries: what is not meant to change stays, line by line.</summary>
/// <typeparam name="TFields">What a dialog shows of an entry; equal where it shows the same.</typeparam>
/// <remarks>All methods throw <see cref="InvalidEntryException"/> for a text that is no entry of the app, and where the result would be none or beyond a cap.</remarks>
public interface IEntryText<TFields>
    where TFields : class
{
    TFields Read(string text);

    string Create(Uid uid, TFields fields, Instant now);

    /// <summary>The text with the difference between two readings of <see cref="Read"/>; the text itself where there is none.</summary>
    string Change(string text, TFields before, TFields after, Instant now);

    /// <summary>The same entry under another UID: a copy.</summary>
    string WithUid(string text, Uid uid);

    /// <summary>What differs between two versions, stamps left out.</summary>
    IReadOnlyList<EntryDifference> Differences(string left, string right);

    /// <param name="baseText">What both sides started from.</param>
    /// <param name="mine">Where I changed it.</param>
    /// <param name="theirs">Where somebody else did.</param>
    EntryMerge Merge(string baseText, string mine, string theirs);
}
