using System.Globalization;
using Microsoft.Extensions.Options;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.Identity.Setup;

/// <summary>How the installation is set up, for its first administrator: what is hard to change later, and where each is set.</summary>
public sealed class SetupFacts
{
    private readonly PeerWebOptions _options;
    private readonly DataDirectory _data;
    private readonly SigningKeyStore _keys;
    private readonly DatabaseChoice _database;

    internal SetupFacts(IOptions<PeerWebOptions> options, DataDirectory data, SigningKeyStore keys, DatabaseChoice database) =>
        (_options, _data, _keys, _database) = (options.Value, data, keys, database);

    public async Task<Shown> ReadAsync(CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint.Of(KeyThumbprint.Parse(await _keys.GetActiveKeyIdAsync(cancellationToken)));
        return new Shown(
            [
                new("Domain", _options.Domain, $"Addresses end in it, like ada@{_options.Domain}; other installations know this one by it.", "PeerWeb:Domain"),
                new("Endpoint", _options.Endpoint.GetLeftPart(UriPartial.Authority), "Where browsers and other installations find it.", "PeerWeb:Endpoint"),
                new("Listens on", PeerWebOptionsRules.ListenEndPoint(_options).ToString(), "Where a reverse proxy finds it.", "PeerWeb:Listen"),
                new("Database", Words(_database.Entries), "Entries and users.", "PeerWeb:Database"),
                new("Data directory", _data.FullPath, "Back it up, and keep others out of it.", "PeerWeb:DataDirectory"),
                new("Fingerprint", string.Join(' ', fingerprint.Words), "What the administrator of another installation compares before the two are linked.", Setting: null),
            ],
            [.. Warnings()]);
    }

    private IEnumerable<string> Warnings()
    {
        if (!_options.IsSecure)
            yield return "Browsers reach this installation over plain http: whoever is on the way reads passwords. Fine on this machine alone; otherwise put a reverse proxy with https in front.";
        if (_options.Domain.Split(':')[0] is var host && (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The domain is {_options.Domain}, which no other machine finds. Set the one you mean to keep before you make users and link: addresses carry it.");
    }

    // Not the connection string, which may hold a password.
    private static string Words(DatabasePlace place) => place is DatabasePlace.Postgres postgres ? $"PostgreSQL, schema {postgres.Schema}" : "SQLite, files in the data directory";

    public sealed record Shown(IReadOnlyList<Fact> Lines, IReadOnlyList<string> Warnings);

    /// <param name="Setting">What changes it; null where nothing does.</param>
    public sealed record Fact(string Title, string Value, string Meaning, string? Setting);
}
