using System.Text.Json;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.PeerApi.Signing;

/// <summary>The key that a link request brings along: the member <c>key</c> of its JSON body, a JWK.</summary>
internal static class FirstContactKey
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };
    private static readonly JsonSerializerOptions Web = new() { MaxDepth = 32 };

    /// <summary>Null for anything but an object with a valid P-256 key.</summary>
    public static PeerKey? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("key", out var member)
                || member.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            return member.Deserialize<JsonWebKey>(Web)?.TryGetKey(out var key, out _) == true ? key : null;
        }
        // Names and strings with half a character in them are found when they are read.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
