using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Identity;
using PeerWeb.Tests.Demo;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>The import command is killed once it has been handed so many bytes of a file; the next one gets the whole file again.</summary>
internal sealed class KilledImports(KillPlace place, int seed)
{
    private const string Name = "importer";
    private const int Entries = 3000;

    /// <summary>What a pipe holds: of less than that nobody knows whether it was read.</summary>
    private const int Pipe = 64 * 1024;

    public async Task<KillTally> RunAsync(int kills, CancellationToken cancellationToken)
    {
        await using var installation = new KilledInstallation(place, Name);
        await installation.AsideAsync(
            services => services.GetRequiredService<UserAccounts>().CreateAsync(new NewUser("ada", null, "correct horse battery", IsAdmin: false), cancellationToken), cancellationToken);
        var random = new Random(seed);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var tally = new KillTally();
        for (var kill = 0; kill <= kills; kill++)
        {
            // Each round begins where nothing of the last ones is there, or there would soon be nothing left to do; the last one, and each second one, goes on.
            var file = File(kill - kill % 2);
            var isLast = kill == kills;
            await using var process = PeerWebProcess.Start(installation.Settings, "import", "-", "--user", "ada", "--output", "json");
            await FeedAsync(process, file, isLast ? file.Length : random.Next(Pipe, file.Length), cancellationToken);
            if (isLast)
                process.Input.Close();
            else
                process.Kill();
            await process.UntilEndedAsync(cancellationToken);
            if (isLast && process.ExitCode != 0)
                throw new InvalidOperationException($"The import ended with {process.ExitCode}: {string.Join('\n', process.Lines.TakeLast(5))}");
            foreach (var uid in process.Lines.Select(LabelOf).OfType<string>())
                acknowledged.Add(uid);
            tally = tally with { Kills = kill, Acknowledged = acknowledged.Count };
            tally = tally.Add(await CompareAsync(acknowledged, cancellationToken));
            await place.CheckAsync(Name, cancellationToken);
        }
        var last = kills - kills % 2;
        var finished = (await UidsAsync(cancellationToken)).Count(uid => uid.StartsWith(Prefix(last), StringComparison.Ordinal));
        return tally with { Lost = tally.Lost + Entries - finished };
    }

    private static string Prefix(int round) => string.Create(CultureInfo.InvariantCulture, $"import-{round}-");

    /// <summary>The label of an event is its title, which is its UID here.</summary>
    private static byte[] File(int round) => Encoding.UTF8.GetBytes(string.Join(
        "\r\n",
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Kills//EN",
            .. Enumerable.Range(0, Entries).Select(number => $"{Prefix(round)}{number}").Select(uid => KilledWriter.Component(uid, uid)), "END:VCALENDAR", string.Empty,
        ]));

    /// <remarks>Who reads may end before all is written only where it failed, which its exit code says.</remarks>
    private static async Task FeedAsync(PeerWebProcess process, byte[] file, int length, CancellationToken cancellationToken)
    {
        await process.Input.WriteAsync(file.AsMemory(0, length), cancellationToken);
        await process.Input.FlushAsync(cancellationToken);
    }

    /// <summary>Of an entry that the report says is there; null for any other line.</summary>
    private static string? LabelOf(string line)
    {
        // The last line may be half of one.
        if (!line.StartsWith('{') || !line.EndsWith('}'))
            return null;
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("label", out var label) && json.RootElement.GetProperty("outcome").GetString() is "added" or "unchanged" ? label.GetString() : null;
    }

    private async Task<KillTally> CompareAsync(HashSet<string> acknowledged, CancellationToken cancellationToken)
    {
        var there = await UidsAsync(cancellationToken);
        var effects = await place.CountAsync(Name, "SELECT COUNT(*) FROM changes", cancellationToken);
        var instances = await place.CountAsync(Name, "SELECT COUNT(*) FROM instances", cancellationToken);
        // An entry without its instance would be lost to every month.
        var lost = acknowledged.Count(uid => !there.Contains(uid)) + Math.Max(0, there.Count - instances);
        return new KillTally(0, 0, lost, Doubled: Math.Max(0, effects - there.Count) + Math.Max(0, instances - there.Count));
    }

    private async Task<HashSet<string>> UidsAsync(CancellationToken cancellationToken) =>
        [.. await place.RowsAsync(Name, "SELECT \"Uid\" FROM entries", cancellationToken)];
}
