using System.Buffers;

namespace PeerWeb.Core.Primitives;

/// <summary>The version of an entry's text at its owner; opaque to everyone else.</summary>
/// <remarks>RFC 9110 8.8.3, always strong: 1 to 64 of <c>A-Z a-z 0-9 - _ . :</c>, without the quotes.</remarks>
public readonly record struct ETag
{
    private readonly string? _value;

    private ETag(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out ETag etag)
    {
        var isTag = OpaqueText.IsValid(text, 64);
        etag = isTag ? new ETag(text!) : default;
        return isTag;
    }

    /// <exception cref="FormatException">Empty, too long, or with a character that an entity tag of ours never has.</exception>
    public static ETag Parse(string? text) => TryParse(text, out var etag) ? etag : throw new FormatException("Not an entity tag.");

    /// <summary>Reads the quoted form of a header; weak tags and lists are refused.</summary>
    public static bool TryParseHeader(string? header, out ETag etag)
    {
        etag = default;
        return header is { Length: > 2 } && header[0] == '"' && header[^1] == '"' && TryParse(header[1..^1], out etag);
    }

    public string ToHeader() => $"\"{Value}\"";

    public override string ToString() => Value;
}

/// <summary>Where a collection's change feed stands for one principal; opaque and authenticated by its owner.</summary>
/// <remarks>RFC 6578 3.2. Unknown, foreign, future or pruned tokens are answered with "gone", never with an empty delta.</remarks>
public readonly record struct SyncToken
{
    private readonly string? _value;

    private SyncToken(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out SyncToken token)
    {
        var isToken = OpaqueText.IsValid(text, 256);
        token = isToken ? new SyncToken(text!) : default;
        return isToken;
    }

    /// <exception cref="FormatException">Empty, longer than 256 characters, or with an unexpected character.</exception>
    public static SyncToken Parse(string? text) => TryParse(text, out var token) ? token : throw new FormatException("Not a sync token.");

    public override string ToString() => Value;
}

/// <summary>Digest of the acting principal's effective rights on one collection (grants, groups, expiry, ceiling).</summary>
public readonly record struct GrantVersion
{
    private readonly string? _value;

    private GrantVersion(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out GrantVersion version)
    {
        var isVersion = OpaqueText.IsValid(text, 64);
        version = isVersion ? new GrantVersion(text!) : default;
        return isVersion;
    }

    /// <exception cref="FormatException">Empty, longer than 64 characters, or with an unexpected character.</exception>
    public static GrantVersion Parse(string? text) => TryParse(text, out var version) ? version : throw new FormatException("Not a grant version.");

    public override string ToString() => Value;
}

internal static class OpaqueText
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    public static bool IsValid(string? text, int maxLength) =>
        text is { Length: >= 1 } && text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(Allowed);
}
