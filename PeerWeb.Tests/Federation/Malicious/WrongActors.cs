using System.Text;

namespace PeerWeb.Tests.Federation.Malicious;

/// <summary>Ways to say in <c>PeerWeb-Actor</c> that one is somebody else; most are no actor at all, and the rest is a user of the peer that signs.</summary>
internal static class WrongActors
{
    /// <summary>No reader may make an actor of these.</summary>
    public static readonly IReadOnlyList<string> Malformed =
    [
        "\"acct:sam\"", "\"acct:sam@initech.example\"", "\"sam@initech.example\"", "\"sam@initech.example:443\"", "\"sam@INITECH.example\"", "\"sam@initech.example.\"",
        "\"sam@xn--initech-8va.example\"", "\"mailto:sam@initech.example\"", "\"peerweb:sam@initech.example\"", "\"initech.example/sam\"", "\"initech\\sam\"", "\"sam@globex.example@initech.example\"",
        "\"ada@acme.localhost\"", "\"SAM\"", "\"Sam\"", "\"sam \"", "\" sam\"", "\"sam%40initech.example\"", "\"%73am\"", "\"sam%00\"", "\"sam+x\"", "\"sam/../ada\"", "\"..%2fada\"",
        "\"s\\am\"", "\"sam\\\"\"", "\"sam\\\"; groups=(\\\"sales\\\")\"", "\"sam", "sam\"", "'sam'", "sam", "ada", ":c2Ft:", "?1", "1", "\"\"", "()", "(\"sam\")", "*", "\"*\"", "\"sam\", \"ada\"",
        "\"sam\",", "\"sam\";", "\"sam\"; x=1", "\"sam\";groups=(\"sales\")", "\"sam\" ; groups=(\"sales\")", "\"sam\"; Groups=(\"sales\")", "\"sam\"; groups=\"sales\"", "\"sam\"; groups=sales",
        "\"sam\"; groups=()", "\"sam\"; groups=(sales)", "\"sam\"; groups=(\"sales@initech.example\")", "\"sam\"; groups=(\"initech:sales\")", "\"sam\"; groups=(\"Sales\")",
        "\"sam\"; groups=(\"sales\" \"sales\")", "\"sam\"; groups=(\"sales\"); groups=(\"staff\")", "\"sam\"; groups=(\"sales\"; x)", "\"sam\"; peer=\"initech.example\"", "\"sam\"; domain=\"initech.example\"",
        $"\"{new string('a', 65)}\"", $"\"sam\"; groups=({string.Join(' ', Enumerable.Range(0, 101).Select(i => $"\"g{i}\""))})",
        // As octets of UTF-8: a Cyrillic a, a full-width name, a joiner, a soft hyphen, a dotless i.
        Octets("\"s\u0430m\""), Octets("\"\uff53\uff41\uff4d\""), Octets("\"sam\u200d\""), Octets("\"sa\u00adm\""), Octets("\"\u0131da\""), Octets("\u201csam\u201d"),
    ];

    /// <summary>Names of people and groups elsewhere; here they are the signing peer's own, who have been given nothing.</summary>
    public static readonly IReadOnlyList<string> OwnNamesakes =
    [
        "\"ada\"", "\"bob\"", "\"peter\"", "\"admin\"", "\"ada\"; groups=(\"sales\")", "\"henry\"; groups=(\"sales\" \"staff\" \"admin\")", "\"everyone\"", "\"acct\"", "\"initech.example\"", "\"sam.initech.example\"",
        "\"xn--sam-foo\"", "\"-\"", "\".\"", "\"..\"",
    ];

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
