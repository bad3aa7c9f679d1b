namespace PeerWeb.Core.Primitives;

/// <summary>A local part: <c>[a-z0-9._-]{1,64}</c>, immutable, never reused.</summary>
public readonly record struct UserName : IComparable<UserName>
{
    private readonly string? _value;

    private UserName(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out UserName name)
    {
        var isName = text is { Length: >= 1 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
        name = isName ? new UserName(text!) : default;
        return isName;
    }

    /// <exception cref="FormatException">Anything but 1 to 64 of a-z, 0-9, dot, underscore, hyphen.</exception>
    public static UserName Parse(string? text) =>
        TryParse(text, out var name) ? name : throw new FormatException("A user name is 1 to 64 characters of a-z, 0-9, dot, underscore and hyphen.");

    public int CompareTo(UserName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}

/// <summary>The domain of an installation: a lower-case ASCII host name, with a port where it is not the scheme's own.</summary>
/// <remarks>RFC 952/1123 labels, so no IP literals in brackets, no trailing dot, no Unicode: an IDN is written in its A-label form.</remarks>
public readonly record struct Domain
{
    private readonly string? _value;

    private Domain(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public string Host => Value.Split(':')[0];

    public static bool TryParse(string? text, out Domain domain)
    {
        domain = default;
        if (text is not { Length: >= 1 and <= 253 })
            return false;
        var parts = text.Split(':');
        if (parts.Length > 2 || !parts[0].Split('.').All(IsLabel))
            return false;
        if (parts.Length == 2 && !(parts[1] is { Length: >= 1 and <= 5 } port && port[0] != '0' && port.All(char.IsAsciiDigit) && int.Parse(port, null) <= 65535))
            return false;
        domain = new Domain(text);
        return true;
    }

    /// <exception cref="FormatException">Not a lower-case host name with an optional port.</exception>
    public static Domain Parse(string? text) =>
        TryParse(text, out var domain) ? domain : throw new FormatException("A domain is a lower-case host name such as acme.example, with a port where needed.");

    public override string ToString() => Value;

    private static bool IsLabel(string label) =>
        label is { Length: >= 1 and <= 63 } && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>What people type and see: <c>user@domain</c>, split at the last <c>@</c>. Grants store the peer and the user name, never this text.</summary>
public readonly record struct Address(UserName User, Domain Domain)
{
    public static bool TryParse(string? text, out Address address)
    {
        address = default;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at < 1 || !UserName.TryParse(text![..at], out var user) || !Domain.TryParse(text[(at + 1)..], out var domain))
            return false;
        address = new Address(user, domain);
        return true;
    }

    /// <exception cref="FormatException">Not <c>user@domain</c>.</exception>
    public static Address Parse(string? text) =>
        TryParse(text, out var address) ? address : throw new FormatException("An address is user@domain, such as ada@acme.example.");

    public override string ToString() => $"{User}@{Domain}";
}
