using System.Buffers.Text;
using System.Text.RegularExpressions;
using PeerWeb.Identity;
using PeerWeb.Tests.Shell;

namespace PeerWeb.Tests.Overhearing;

/// <summary>What may stand in no log, and what in no answer; finds it in a text and names it.</summary>
internal static partial class Secrets
{
    /// <summary>A private key in the forms in which one could be written by mistake.</summary>
    public static string[] FormsOf(byte[] pkcs8, byte[] secret) =>
    [
        Convert.ToBase64String(pkcs8), Convert.ToBase64String(secret), Base64Url.EncodeToString(secret), Convert.ToHexString(secret), Convert.ToHexStringLower(secret),
    ];

    /// <summary>Kinds of what was found in the line of a log; none is as it should be.</summary>
    public static IEnumerable<string> InLog(string line) =>
        Found(Id.Replace(line, "id"), ("a password", Password), ("a private key", PrivateKey), ("a cookie or token", Protected), ("a signature", Signature), ("an entry's text", Entry),
            ("a user's address", UserAddress), ("a user's name", Person));

    /// <summary>The same for an answer, which may carry what its reader may see; where in the program something failed is for the log alone.</summary>
    public static IEnumerable<string> InAnswer(string text) =>
        Found(text, ("a password", Password), ("a private key", PrivateKey), ("a stack trace", StackTrace));

    private static IEnumerable<string> Found(string text, params (string Kind, Regex Pattern)[] secrets) =>
        secrets.Where(secret => secret.Pattern.IsMatch(text)).Select(secret => secret.Kind);

    /// <summary>Its parts may read like a name: "ada0" is a moment of the year 2026.</summary>
    [GeneratedRegex("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")]
    private static partial Regex Id { get; }

    /// <summary>Those that the tests sign in with.</summary>
    [GeneratedRegex(TestInstallation.Password + "|" + PasswordRule.DemoPassword + "|not the password")]
    private static partial Regex Password { get; }

    [GeneratedRegex("PRIVATE KEY|\"d\" ?: ?\"")]
    private static partial Regex PrivateKey { get; }

    [GeneratedRegex(@"\n +at [A-Z]\w+\.[\w.`<>]+\(")]
    private static partial Regex StackTrace { get; }

    /// <summary>How everything begins that Data Protection has encrypted: cookies, forms' tokens, keys at rest.</summary>
    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/-]{20}")]
    private static partial Regex Protected { get; }

    [GeneratedRegex("nonce=\"|pw1=[:(]")]
    private static partial Regex Signature { get; }

    [GeneratedRegex("BEGIN:V|SUMMARY[:;]|DESCRIPTION[:;]|Stand-up|Dentist|pwned")]
    private static partial Regex Entry { get; }

    /// <summary>Installations have a name before a port or an end; the rest of an address is somebody.</summary>
    [GeneratedRegex(@"[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)*")]
    private static partial Regex UserAddress { get; }

    /// <summary>Those of the tests, with the numbers that they get.</summary>
    [GeneratedRegex(@"\b(ada|bob|carol|sam|grace|henry)\d*\b")]
    private static partial Regex Person { get; }
}
