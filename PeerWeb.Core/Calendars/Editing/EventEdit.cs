using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Calendars.Editing;

/// <summary>What an edit makes of an entry: its new text, and a second entry where a series was split.</summary>
/// <param name="Text">Null where no instance is left of the entry, which then is to be deleted.</param>
/// <param name="Following">The instances from the split on; null where nothing was split.</param>
public sealed record EventEdit(string? Text, FollowingEvent? Following);

/// <summary>The second half of a split series, an entry of its own.</summary>
public sealed record FollowingEvent(Uid Uid, string Text);

/// <summary>How many instances an edit changes, such as 12 of 40.</summary>
/// <param name="Changing">Instances that will look different or be gone; null where the series has no end, or too many instances to count.</param>
/// <param name="Total">Instances of the series as it is; null as above.</param>
public sealed record EventImpact(int? Changing, int? Total)
{
    /// <summary>Instances changed one by one before that go altogether: their day is left out, or none of the new rule's.</summary>
    public int Dropped { get; init; }
}
