namespace PeerWeb.Core.Peers;

/// <summary>A call of the peer API with its signature.</summary>
/// <param name="Kind">Of a message; null for any other call.</param>
/// <param name="Since">Version of the peer API that it came with.</param>
/// <param name="Parts">What it takes and answers, one line each: <c>parameter since?</c>, <c>request cursor?.key</c>, <c>answer hasMore</c>.</param>
public sealed record PeerMethod(string Verb, string Route, string? Kind, string Since, string Summary, IReadOnlyList<string> Parts)
{
    public string Name => Kind is null ? $"{Verb} {Route}" : $"{Verb} {Route} {Kind}";
}

/// <summary>Something that one side can do and the other cannot.</summary>
/// <param name="Parts">What of the method; empty where it is the whole of it.</param>
public sealed record MethodGap(PeerMethod Method, IReadOnlyList<string> Parts);

/// <summary>Everything that an installation can be asked for.</summary>
public sealed class PeerMethods(IReadOnlyList<PeerMethod> all)
{
    public IReadOnlyList<PeerMethod> All => all;

    /// <summary>What these can do and <paramref name="others"/> cannot, in the order of these.</summary>
    public IReadOnlyList<MethodGap> Beyond(PeerMethods others)
    {
        var known = others.All.ToDictionary(method => method.Name, StringComparer.Ordinal);
        var gaps = new List<MethodGap>();
        foreach (var method in all)
        {
            if (!known.TryGetValue(method.Name, out var other))
                gaps.Add(new MethodGap(method, []));
            else if (method.Parts.Except(other.Parts, StringComparer.Ordinal).ToList() is { Count: > 0 } more)
                gaps.Add(new MethodGap(method, more));
        }
        return gaps;
    }
}

/// <summary>What this installation can be asked for.</summary>
public delegate PeerMethods OwnMethods();
