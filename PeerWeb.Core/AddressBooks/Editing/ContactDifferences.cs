using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>What two versions of a contact say differently.</summary>
internal static class ContactDifferences
{
    public static IReadOnlyList<EntryDifference> Between(ContactUnits left, ContactUnits right) => Paired(
        left.Keys.Union(right.Keys)
            .Where(key => !CardComparison.IsStamp(key) && !ContactUnits.AreEqual(left, right, key))
            .Select(key => new EntryDifference(null, ContactWords.Label(ContactUnits.NameOf(key)), ContactWords.Say(left, key), ContactWords.Say(right, key))));

    /// <summary>A number that only one side has and one that only the other has are shown as one that was changed.</summary>
    private static List<EntryDifference> Paired(IEnumerable<EntryDifference> differences)
    {
        var paired = new List<EntryDifference>();
        foreach (var difference in differences)
        {
            var at = difference switch
            {
                { Left.Length: 0 } => paired.FindIndex(known => known.Label == difference.Label && known.Right.Length == 0),
                { Right.Length: 0 } => paired.FindIndex(known => known.Label == difference.Label && known.Left.Length == 0),
                _ => -1,
            };
            if (at < 0)
                paired.Add(difference);
            else
                paired[at] = paired[at].Left.Length == 0 ? paired[at] with { Left = difference.Left } : paired[at] with { Right = difference.Right };
        }
        return paired;
    }
}
