using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The field <c>PeerWeb-Actor: "sam"; groups=("sales")</c>: which user of the signing peer acts, and that user's groups there.</summary>
/// <remarks>
/// A name has no domain: the user belongs to the peer that signed. Names are 1 to 64 of <c>a-z 0-9 . _ -</c>; capitals, at signs,
/// schemes, percent forms and every other spelling are refused rather than normalised, because two spellings of one user are how a key
/// of one comes to speak for another.
/// </remarks>
public sealed partial class ActorField
{
    private const int MostGroups = 100;

    private ActorField(string user, IReadOnlyList<string> groups) => (User, Groups) = (user, groups);

    public string User { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <exception cref="FormatException">A name is not as it must be.</exception>
    public static ActorField Create(string user, params IReadOnlyList<string> groups)
    {
        var field = new ActorField(user, [.. groups]);
        return TryParse(field.ToString(), out _) ? field : throw new FormatException("not a user name, or not names of groups");
    }

    /// <summary>Reads the one canonical spelling; anything else is false.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ActorField? actor)
    {
        actor = null;
        if (text is null || Canonical().Match(text) is not { Success: true } match) return false;
        var groups = match.Groups["group"].Captures.Select(capture => capture.Value).ToList();
        if (groups.Count > MostGroups || groups.Distinct(StringComparer.Ordinal).Count() != groups.Count) return false;
        actor = new ActorField(match.Groups["user"].Value, groups);
        return true;
    }

    public override string ToString() =>
        Groups.Count == 0 ? $"\"{User}\"" : $"\"{User}\"; groups=({string.Join(' ', Groups.Select(group => $"\"{group}\""))})";

    [GeneratedRegex("""\A"(?<user>[a-z0-9._-]{1,64})"(?:; groups=\("(?<group>[a-z0-9._-]{1,64})"(?: "(?<group>[a-z0-9._-]{1,64})")*\))?\z""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();
}
