using System.Collections.Immutable;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared.Lists;

/// <summary>What a page knows of its merged list: the question, and what has arrived.</summary>
/// <remarks>Part of a feature's state; a reducer returns the same instance where nothing changed.</remarks>
public sealed record ListView
{
    /// <summary>Numbers the questions; an answer to any but the last is dropped.</summary>
    public int Request { get; init; }

    /// <summary>Words that all must occur; empty for all entries.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The list begins at the first title that is not before this; empty for all.</summary>
    public string From { get; init; } = string.Empty;

    public ListSnapshot List { get; init; } = ListSnapshot.Empty;

    /// <summary>Nobody has answered the last question yet.</summary>
    public bool IsOpening { get; init; }

    /// <summary>Why nothing could be asked at all; null where all is well. A peer's failure is its source's state instead.</summary>
    public string? Failure { get; init; }

    /// <summary>Sources that the viewer does not want to see now.</summary>
    public ImmutableHashSet<SourceId> Hidden { get; init; } = [];

    /// <summary>Another question; what shows stays until somebody has answered it.</summary>
    public ListView Ask(string text, string from) => this with { Request = Request + 1, Text = text, From = from, IsOpening = true, Failure = null };

    public ListView Ask() => Ask(Text, From);

    public ListView Take(int request, ListSnapshot list) => request != Request ? this : this with { List = list, IsOpening = IsOpening && list.Entries.Count == 0 && list.IsLoading, Failure = null };

    public ListView Fail(int request, string reason) => request != Request ? this : this with { IsOpening = false, Failure = reason };

    public ListView Hide(ImmutableHashSet<SourceId> hidden) => Hidden.SetEquals(hidden) ? this : (this with { Hidden = hidden }).Ask();

    public ListView Toggle(SourceId source)
    {
        var without = Hidden.Remove(source);
        return Hide(ReferenceEquals(without, Hidden) ? Hidden.Add(source) : without);
    }

    /// <summary>Only this source; where it is alone already, all of them.</summary>
    public ListView ShowOnly(SourceId source)
    {
        var others = List.Sources.Select(one => one.Id).Where(id => id != source).ToImmutableHashSet();
        var isAlone = !Hidden.Contains(source) && others.IsSubsetOf(Hidden);
        return Hide(isAlone ? Hidden.Except(others) : Hidden.Remove(source).Union(others));
    }
}
