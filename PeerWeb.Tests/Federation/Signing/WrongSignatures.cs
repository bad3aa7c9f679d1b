using System.Globalization;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Tests.Federation.Signing;

/// <summary>What is done to a call after it was signed as it must be; none of it may get in.</summary>
internal static class WrongSignatures
{
    public static readonly IReadOnlyList<(string What, Action<Sent> Spoil)> All =
    [
        ("no signature", sent => Remove(sent, PeerHeaders.Signature, PeerHeaders.SignatureInput)),
        ("no Signature field", sent => sent.Remove(PeerHeaders.Signature)),
        ("no Signature-Input field", sent => sent.Remove(PeerHeaders.SignatureInput)),
        ("an empty signature", sent => sent[PeerHeaders.Signature] = "pw1=::"),
        ("64 zeros", sent => sent[PeerHeaders.Signature] = $"pw1=:{Convert.ToBase64String(new byte[64])}:"),
        ("63 octets", sent => sent[PeerHeaders.Signature] = $"pw1=:{Convert.ToBase64String(new byte[63])}:"),
        ("65 octets", sent => sent[PeerHeaders.Signature] = $"pw1=:{Convert.ToBase64String(new byte[65])}:"),
        ("one bit of it", sent => sent[PeerHeaders.Signature] = Flip(sent[PeerHeaders.Signature])),
        ("its halves swapped", sent => sent[PeerHeaders.Signature] = Swap(sent[PeerHeaders.Signature])),
        ("a signature that is a string", sent => sent[PeerHeaders.Signature] = "pw1=\"x\""),
        ("a signature that is a token", sent => sent[PeerHeaders.Signature] = "pw1=none"),
        ("a second signature", sent => sent[PeerHeaders.Signature] += ", pw2=:AAEC:"),
        ("a second signature with its input", sent => Both(sent, ", pw2=:AAEC:", ", pw2=();created=1")),
        ("the same label twice", sent => sent[PeerHeaders.Signature] += ", pw1=:AAEC:"),
        ("another label", sent => Label(sent, "sig1")),
        ("a label in capitals", sent => Label(sent, "PW1")),
        ("two Signature lines", sent => sent.Fields.Add(new(PeerHeaders.Signature, sent[PeerHeaders.Signature]))),
        ("two Signature-Input lines", sent => sent.Fields.Add(new(PeerHeaders.SignatureInput, sent[PeerHeaders.SignatureInput]))),
        ("no created", sent => Input(sent, ";created=", ";made=")),
        ("no expires", sent => Input(sent, ";expires=", ";ends=")),
        ("no nonce", sent => Input(sent, ";nonce=", ";once=")),
        ("no keyid", sent => Input(sent, ";keyid=", ";key=")),
        ("no tag", sent => Input(sent, ";tag=", ";label=")),
        ("the tag of answers", sent => Input(sent, "\"peerweb-1\"", "\"peerweb-answer-1\"")),
        ("a later tag", sent => Input(sent, "\"peerweb-1\"", "\"peerweb-2\"")),
        ("expires later", sent => Input(sent, ";expires=", ";expires=9")),
        ("created earlier", sent => Input(sent, ";created=1", ";created=")),
        ("created that is a string", sent => Input(sent, ";created=", ";created=\"\";x=")),
        ("created twice", sent => sent[PeerHeaders.SignatureInput] += ";created=1"),
        ("an algorithm", sent => sent[PeerHeaders.SignatureInput] += ";alg=\"ecdsa-p256-sha256\""),
        ("no algorithm at all", sent => sent[PeerHeaders.SignatureInput] += ";alg=\"none\""),
        ("a short nonce", sent => Nonce(sent, "AA")),
        ("another nonce", sent => Nonce(sent, "AAAAAAAAAAAAAAAAAAAAAAAA")),
        ("no components", sent => sent[PeerHeaders.SignatureInput] = "pw1=()" + sent[PeerHeaders.SignatureInput][sent[PeerHeaders.SignatureInput].IndexOf(')', StringComparison.Ordinal)..][1..]),
        ("the method not covered", sent => Input(sent, "\"@method\" ", "")),
        ("the authority not covered", sent => Input(sent, "\"@authority\" ", "")),
        ("the path not covered", sent => Input(sent, "\"@path\" ", "")),
        ("the query not covered", sent => Input(sent, "\"@query\" ", "")),
        ("the digest not covered", sent => Input(sent, "\"content-digest\" ", "")),
        ("the actor not covered", sent => Input(sent, " \"peerweb-actor\"", "")),
        ("the destination not covered", sent => Input(sent, " \"peerweb-destination\"", "")),
        ("more covered", sent => Input(sent, "\"@query\"", "\"@query\" \"date\"")),
        ("one covered twice", sent => Input(sent, "\"@query\"", "\"@query\" \"@query\"")),
        ("covered in another order", sent => Input(sent, "\"@method\" \"@authority\"", "\"@authority\" \"@method\"")),
        ("a component with a parameter", sent => Input(sent, "\"content-digest\"", "\"content-digest\";sf")),
        ("a component of another message", sent => Input(sent, "\"@path\"", "\"@path\";req")),
        ("another spelling of the same", sent => Input(sent, "\" \"@path", "\"  \"@path")),
        ("a query", sent => sent.Target += "?x=1"),
        ("a path spelled otherwise", sent => sent.Target = sent.Target.Replace("/peer/", "/%70eer/", StringComparison.Ordinal)),
        ("an absolute target", sent => sent.Target = "http://127.0.0.1" + sent.Target),
        ("another actor", sent => sent[PeerHeaders.Actor] = "\"ada\""),
        ("no actor", sent => sent.Remove(PeerHeaders.Actor)),
        ("two actors", sent => sent.Fields.Add(new(PeerHeaders.Actor, "\"ada\""))),
        ("another destination", sent => sent[PeerHeaders.Destination] = "initech.example"),
        ("another version", sent => sent[PeerHeaders.Version] = "2"),
        ("another idempotency key", sent => sent[PeerHeaders.IdempotencyKey] = "ffffffffffffffffffffffffffffffff"),
        ("a condition", sent => sent[PeerHeaders.IfMatch] = "\"1.1\""),
        ("a content encoding", sent => sent[PeerHeaders.ContentEncoding] = "gzip"),
        ("another body", sent => sent.Body += " "),
        ("another digest", sent => sent[PeerHeaders.ContentDigest] = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"),
    ];

    private static void Remove(Sent sent, params string[] names) => Array.ForEach(names, sent.Remove);

    private static void Input(Sent sent, string old, string changed)
    {
        var input = sent[PeerHeaders.SignatureInput];
        var at = input.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
            throw new InvalidOperationException($"{old} is not in {input}.");
        sent[PeerHeaders.SignatureInput] = string.Concat(input.AsSpan(0, at), changed, input.AsSpan(at + old.Length));
    }

    private static void Both(Sent sent, string signature, string input)
    {
        sent[PeerHeaders.Signature] += signature;
        sent[PeerHeaders.SignatureInput] += input;
    }

    private static void Label(Sent sent, string label)
    {
        sent[PeerHeaders.Signature] = sent[PeerHeaders.Signature].Replace("pw1=", label + "=", StringComparison.Ordinal);
        sent[PeerHeaders.SignatureInput] = sent[PeerHeaders.SignatureInput].Replace("pw1=", label + "=", StringComparison.Ordinal);
    }

    private static void Nonce(Sent sent, string nonce)
    {
        var input = sent[PeerHeaders.SignatureInput];
        var at = input.IndexOf(";nonce=\"", StringComparison.Ordinal) + 8;
        sent[PeerHeaders.SignatureInput] = string.Create(CultureInfo.InvariantCulture, $"{input[..at]}{nonce}{input[input.IndexOf('"', at)..]}");
    }

    private static string Flip(string signature) => Changed(signature, bytes => bytes[10] ^= 1);

    private static string Swap(string signature) => Changed(signature, bytes => bytes.AsSpan(0, 32).ToArray().Concat(bytes[32..]).Reverse().ToArray().CopyTo(bytes, 0));

    private static string Changed(string signature, Action<byte[]> change)
    {
        var bytes = Convert.FromBase64String(signature["pw1=:".Length..^1]);
        change(bytes);
        return $"pw1=:{Convert.ToBase64String(bytes)}:";
    }
}
