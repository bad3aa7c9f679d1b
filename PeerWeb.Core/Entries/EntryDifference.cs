namespace PeerWeb.Core.Entries;

/// <summary>One thing that two versions of an entry say differently, in words for who has to choose.</summary>
/// <param name="Instance">Which instance of a recurring entry, such as "12 January 2026"; null for the entry as such.</param>
/// <param name="Label">Such as "When", "Title" or "Guests"; properties that have no word are called by their name.</param>
/// <param name="Left">Empty where this version does not have it.</param>
/// <param name="Right">Empty where this version does not have it.</param>
public sealed record EntryDifference(string? Instance, string Label, string Left, string Right);
