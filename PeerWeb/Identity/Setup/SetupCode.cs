using System.Security.Cryptography;
using System.Text;
using PeerWeb.Shell;

namespace PeerWeb.Identity.Setup;

/// <summary>What whoever makes the first administrator has to show: 80 random bits in a file of the data directory (0600), until there is a user.</summary>
public sealed class SetupCode(DataDirectory data)
{
    public const string FileName = "setup-code";

    /// <summary>Without I, L, O and U, which are read as something else.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Groups = 4;
    private const int GroupLength = 4;

    private readonly Lock _gate = new();
    private string? _value;

    /// <summary>Like <c>7KQ2-M0XA-9TRD-C4VE</c>; null where there is a user already, or the server did not start.</summary>
    public string? Value
    {
        get
        {
            lock (_gate)
                return _value;
        }
    }

    /// <summary>Absolute.</summary>
    public string File => data.PathOf(FileName);

    /// <summary>Whether somebody typed it, in any case, with or without the hyphens.</summary>
    public bool IsWrittenAs(string? typed) =>
        Value is { } value && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Plain(value)), Encoding.UTF8.GetBytes(Plain(typed ?? "")));

    /// <summary>Keeps the one of an earlier start, so that a restart does not change what somebody has written down.</summary>
    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var kept = System.IO.File.Exists(File) ? (await System.IO.File.ReadAllTextAsync(File, cancellationToken)).Trim() : "";
        if (!IsCode(kept))
        {
            kept = string.Join('-', RandomNumberGenerator.GetString(Letters, Groups * GroupLength).Chunk(GroupLength).Select(group => new string(group)));
            await System.IO.File.WriteAllTextAsync(data.EnsureFile(FileName), kept + "\n", cancellationToken);
        }
        lock (_gate)
            _value = kept;
    }

    /// <summary>There is a user: nothing opens the page any more.</summary>
    internal void Forget()
    {
        lock (_gate)
            _value = null;
        System.IO.File.Delete(File);
    }

    private static bool IsCode(string text) => text.Split('-') is { Length: Groups } groups && groups.All(group => group.Length == GroupLength && group.All(Letters.Contains));

    private static string Plain(string text) => string.Concat(text.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit));
}
