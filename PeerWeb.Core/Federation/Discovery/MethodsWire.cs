using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>What a peer says that it can do, as it may be shown and compared: a peer may say anything, so there is an end to it.</summary>
public static class MethodsWire
{
    private const int MostMethods = 500;
    private const int MostParts = 300;
    private const int LongestText = 200;

    /// <summary>What is over the limits is left out; of methods with one name the first counts.</summary>
    public static PeerMethods Read(WireMethods wire) =>
        new([.. wire.Methods.Take(MostMethods).Where(method => method is not null).Select(Read).DistinctBy(method => method.Name)]);

    private static PeerMethod Read(WireMethod wire) => new(
        Text(wire.Verb),
        Text(wire.Route),
        wire.Kind is null ? null : Text(wire.Kind),
        Text(wire.Since),
        Text(wire.Summary),
        [.. Parts("parameter", wire.Parameters).Concat(Parts("field", wire.Fields)).Concat(Parts("request", wire.Request)).Concat(Parts("answer", wire.Answer)).Take(MostParts)]);

    private static IEnumerable<string> Parts(string of, IReadOnlyList<string>? names) => (names ?? []).Select(name => $"{of} {Text(name)}");

    private static string Text(string? text) => DisplayText.Excerpt(text, LongestText);
}
