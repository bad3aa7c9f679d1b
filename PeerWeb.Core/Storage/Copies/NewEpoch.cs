using System.Globalization;

namespace PeerWeb.Core.Storage.Copies;

/// <summary>What makes an older state of an installation a life of its own: nothing that was handed out since is taken for something of it.</summary>
/// <remarks>The same statements for both databases; why each is needed is in docs/adr/0019.</remarks>
public static class NewEpoch
{
    /// <summary>More than a grant is changed between a backup and its restore.</summary>
    private const int GrantStep = 1_000_000;

    private static readonly DateTimeOffset Zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Greater than any epoch that was, also one that nobody can read any more: at least the seconds since 2026.</summary>
    /// <param name="saved">The backup's.</param>
    /// <param name="present">Of what is replaced; null where that cannot be read.</param>
    public static int After(int saved, int? present, DateTimeOffset now)
    {
        var next = Math.Max(saved, present ?? 0) + 1;
        var seconds = (now - Zero).TotalSeconds;
        // A clock that is decades wrong must not use up all the numbers there are.
        return seconds is > 0 and < int.MaxValue / 2 ? Math.Max(next, (int)seconds) : next;
    }

    /// <param name="suspendsLinks">Links that were active rest until an admin resumes them.</param>
    public static IReadOnlyList<string> InEntries(int epoch, bool suspendsLinks, DateTimeOffset now)
    {
        List<string> statements =
        [
            string.Create(CultureInfo.InvariantCulture, $"UPDATE \"installation\" SET \"Epoch\" = {epoch}"),
            // Their time is over: a request that was signed before the restore is refused by its age.
            "DELETE FROM \"nonces\"",
            "DELETE FROM \"outbox_lanes\"",
            // Peers know newer versions than these. Without notices of their own the grants are told anew at the next start.
            string.Create(CultureInfo.InvariantCulture, $"UPDATE \"grants\" SET \"Version\" = \"Version\" + {GrantStep}"),
            "DELETE FROM \"outbox\" WHERE \"Kind\" LIKE 'grant-%' AND \"Subject\" IN (SELECT \"Id\" FROM \"grants\")",
        ];
        if (suspendsLinks)
            statements.Add(string.Create(CultureInfo.InvariantCulture, $"UPDATE \"peers\" SET \"SuspendedHere\" = {now.ToUnixTimeMilliseconds()}, \"State\" = 'suspended' WHERE \"State\" = 'active'"));
        return statements;
    }

    /// <summary>Ends all sessions: one that was ended after the backup must not begin again.</summary>
    public static IReadOnlyList<string> InIdentity(bool isSqlite) =>
        [$"UPDATE \"Users\" SET \"SecurityStamp\" = {(isSqlite ? "upper(hex(randomblob(20)))" : "upper(replace(gen_random_uuid()::text, '-', ''))")}"];
}
