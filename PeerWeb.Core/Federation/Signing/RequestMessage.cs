namespace PeerWeb.Core.Federation.Signing;

/// <summary>A request as it is on the wire; path and query are the raw bytes of the target, never decoded.</summary>
public sealed record RequestMessage
{
    public required string Method { get; init; }

    /// <summary>Host and, where it is not the scheme's own, port. For a request to us: the configured endpoint, never a header.</summary>
    public required string Authority { get; init; }

    public string Scheme { get; init; } = Uri.UriSchemeHttps;

    /// <summary>Begins with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Without the question mark; null where the target has none.</summary>
    public string? Query { get; init; }

    public required FieldSection Fields { get; init; }

    public FieldSection Trailers { get; init; } = FieldSection.Empty;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Splits an origin-form target (RFC 9112 3.2.1); any other form is refused.</summary>
    public static bool TrySplitTarget(string target, out string path, out string? query)
    {
        ArgumentNullException.ThrowIfNull(target);
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        path = mark < 0 ? target : target[..mark];
        query = mark < 0 ? null : target[(mark + 1)..];
        return path.StartsWith('/');
    }
}
