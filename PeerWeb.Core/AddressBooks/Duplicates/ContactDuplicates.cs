using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Duplicates;

/// <summary>Why contacts may be the same.</summary>
[Flags]
public enum DuplicateReasons
{
    None = 0,
    Mail = 1,
    Phone = 2,
    Name = 4,
}

/// <summary>A contact that may be there more than once, as its summary has it.</summary>
public sealed record DuplicateCandidate(CollectionId Collection, Uid Uid, string Title, ContactDetail Detail)
{
    public static DuplicateCandidate Of(EntrySummary summary) => new(summary.Collection, summary.Uid, summary.Title, ContactDetail.Parse(summary.Detail));
}

/// <summary>Contacts of which each shares something with another one of them; two at least.</summary>
public sealed record DuplicateGroup(IReadOnlyList<DuplicateCandidate> Contacts, DuplicateReasons Reasons);

/// <summary>Finds contacts that may be the same: by mail address, telephone number or name.</summary>
public static class ContactDuplicates
{
    /// <summary>What more share than this, such as the number of a switchboard, tells nothing of any of them.</summary>
    public const int MostWithOneKey = 8;

    /// <param name="candidates">Of any number of collections, each contact once. Groups of people are left out.</param>
    /// <returns>In the order in which the first of each comes.</returns>
    public static IReadOnlyList<DuplicateGroup> Find(IReadOnlyList<DuplicateCandidate> candidates)
    {
        var parents = Enumerable.Range(0, candidates.Count).ToArray();
        var reasons = new DuplicateReasons[candidates.Count];
        foreach (var (reason, members) in Keys(candidates))
        {
            var first = Root(parents, members[0]);
            foreach (var member in members.Skip(1))
            {
                var root = Root(parents, member);
                if (root == first)
                    continue;
                // The lower one leads, so that groups come in the order of their first contact.
                (first, root) = (Math.Min(first, root), Math.Max(first, root));
                parents[root] = first;
                reasons[first] |= reasons[root];
            }
            reasons[first] |= reason;
        }
        return [.. Enumerable.Range(0, candidates.Count)
            .GroupBy(i => Root(parents, i))
            .Where(group => group.Skip(1).Any())
            .Select(group => new DuplicateGroup([.. group.Select(i => candidates[i])], reasons[group.Key]))];
    }

    private static IEnumerable<(DuplicateReasons Reason, List<int> Members)> Keys(IReadOnlyList<DuplicateCandidate> candidates)
    {
        var keys = new Dictionary<(DuplicateReasons Reason, string Key), List<int>>();
        for (var i = 0; i < candidates.Count; i++)
        {
            var (contact, detail) = (candidates[i], candidates[i].Detail);
            if (detail.Kind == ContactKind.Group)
                continue;
            foreach (var mail in detail.Mails ?? [])
                Add(DuplicateReasons.Mail, mail, i);
            foreach (var number in detail.Numbers ?? [])
                Add(DuplicateReasons.Phone, number, i);
            if (ContactKeys.OfName(contact.Title) is { } name)
                Add(DuplicateReasons.Name, name, i);
        }
        return keys.Where(key => key.Value.Count is > 1 and <= MostWithOneKey).Select(key => (key.Key.Reason, key.Value));

        void Add(DuplicateReasons reason, string key, int candidate)
        {
            if (!keys.TryGetValue((reason, key), out var members))
                keys.Add((reason, key), members = []);
            if (members is [] || members[^1] != candidate)
                members.Add(candidate);
        }
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i)
            i = parents[i] = parents[parents[i]];
        return i;
    }
}
