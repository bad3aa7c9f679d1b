using PeerWeb.Core.Primitives;
using PeerWeb.Demo.Data;

namespace PeerWeb.Demo;

/// <summary>One of the demo's two installations.</summary>
/// <param name="Key">Its folder and the first label of its domain.</param>
/// <param name="Peer">Where the other one is.</param>
public sealed record DemoSide(string Key, string Name, int Port, Domain Peer, IReadOnlyList<DemoPerson> People)
{
    public const string Password = "peerweb-demo";

    /// <summary>The first of its people is the admin.</summary>
    public DemoPerson Admin => People[0];

    public string Domain => $"{Key}.localhost:{Port}";

    public Uri Endpoint => new($"http://{Domain}");

    /// <summary>Acme asks, Globex answers.</summary>
    public bool AsksForLink => Key == "acme";

    public static DemoSide Acme(int port, int peerPort) => new("acme", "Acme", port, DomainOf("globex", peerPort), DemoPerson.Acme);

    public static DemoSide Globex(int port, int peerPort) => new("globex", "Globex", port, DomainOf("acme", peerPort), DemoPerson.Globex);

    /// <param name="data">The folder of both installations.</param>
    public IReadOnlyDictionary<string, string?> Settings(string data) => new Dictionary<string, string?>
    {
        ["PeerWeb:DataDirectory"] = Path.Combine(data, Key),
        ["PeerWeb:Domain"] = Domain,
        ["PeerWeb:Name"] = Name,
        ["PeerWeb:Endpoint"] = Endpoint.ToString(),
        ["PeerWeb:Demo"] = "true",
        ["PeerWeb:AllowPlainHttp"] = "true",
        ["PeerWeb:AllowPrivateAddresses"] = "true",
    };

    private static Domain DomainOf(string key, int port) => Core.Primitives.Domain.Parse($"{key}.localhost:{port}");
}
