using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>How a group names its members: by a URI made of the member's UID.</summary>
/// <remarks>RFC 6350 6.6.5: <c>urn:uuid:</c> where the UID is a UUID or says so itself.</remarks>
public static class ContactMember
{
    private const string Uuid = "urn:uuid:";

    public static string Of(Uid uid) => Guid.TryParse(uid.Value, out _) ? Uuid + uid.Value : uid.Value;

    /// <summary>Whether a member of a group is the card with this UID, with or without the prefix on either side.</summary>
    public static bool Refers(string member, Uid uid) => Bare(member).Equals(Bare(uid.Value), StringComparison.OrdinalIgnoreCase);

    /// <summary>The UIDs that a member's card may have, the likelier first: with and without the prefix.</summary>
    public static IReadOnlyList<Uid> UidsOf(string member)
    {
        var uids = new List<Uid>();
        foreach (var text in new[] { Bare(member).ToString(), member.Trim() }.Distinct())
        {
            if (Uid.TryParse(text, out var uid))
                uids.Add(uid);
        }
        return uids;
    }

    private static ReadOnlySpan<char> Bare(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith(Uuid, StringComparison.OrdinalIgnoreCase) ? trimmed[Uuid.Length..] : trimmed;
    }
}
