namespace PeerWeb.Core.Primitives;

/// <summary>One calendar, address book, todo list or notebook.</summary>
public readonly record struct CollectionId(Guid Value) : IComparable<CollectionId>
{
    public static CollectionId New() => new(Guid.CreateVersion7());

    public static bool TryParse(string? text, out CollectionId id)
    {
        var isId = Guid.TryParseExact(text, "D", out var value);
        id = new CollectionId(value);
        return isId;
    }

    /// <summary>The order of the texts, which is that of their digits.</summary>
    public int CompareTo(CollectionId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>A peer as this installation's database knows it: the row, not the domain, which may change, nor the installation id, which it claims.</summary>
public readonly record struct PeerId(Guid Value)
{
    public static PeerId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString("D");
}

/// <summary>What one side of a link calls it: the id of its own row, told to the other side with every message about the link.</summary>
public readonly record struct LinkId(Guid Value)
{
    public static LinkId Of(PeerId row) => new(row.Value);

    public override string ToString() => Value.ToString("D");
}

/// <summary>The random id that an installation makes at its first start and keeps.</summary>
public readonly record struct InstallationId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>An app by its stable name: <c>calendar</c>, <c>addressbook</c>, <c>todo</c>, <c>notes</c>.</summary>
/// <remarks>1 to 32 characters of <c>a-z</c>. Storage, sharing and federation carry the name and never compare it with a known one.</remarks>
public readonly record struct AppId
{
    private readonly string? _value;

    private AppId(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static bool TryParse(string? text, out AppId app)
    {
        var isName = text is { Length: >= 1 and <= 32 } && text.All(char.IsAsciiLetterLower);
        app = isName ? new AppId(text!) : default;
        return isName;
    }

    /// <exception cref="FormatException">Not 1 to 32 characters of a-z.</exception>
    public static AppId Parse(string? text) =>
        TryParse(text, out var app) ? app : throw new FormatException("An app's name is 1 to 32 letters a-z.");

    public override string ToString() => Value;
}
