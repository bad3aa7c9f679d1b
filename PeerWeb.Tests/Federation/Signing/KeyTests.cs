using System.Security.Cryptography;
using System.Text.Json;
using PeerWeb.Core.Federation.Signing;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

public sealed class KeyTests
{
    // test-key-ecc-p256 of RFC 9421 B.1.3.
    private static readonly JsonWebKey Example =
        new("EC", "P-256", "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0");

    [Fact]
    public void A_key_is_known_by_the_thumbprint_of_its_public_half()
    {
        Assert.True(Example.TryGetKey(out var key, out _));
        Assert.Equal("ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI", key.KeyId);
        Assert.Equal(key.KeyId, key.Jwk.KeyId);
        Assert.True(PeerKey.TryFromSpki(key.ExportSpki(), out var again));
        Assert.Equal(key.KeyId, again.KeyId);
    }

    [Fact]
    public void A_private_key_comes_back_from_its_bytes_and_signs_as_before()
    {
        using var key = SigningKey.Create();
        using var again = SigningKey.FromPkcs8(key.ExportPkcs8());
        Assert.Equal(key.KeyId, again.KeyId);
        Assert.True(key.Public.Verifies("text"u8, again.Sign("text"u8)));
        Assert.False(key.Public.Verifies("other"u8, again.Sign("text"u8)));
    }

    [Fact]
    public void A_public_key_survives_json_and_tells_nothing_private()
    {
        using var key = SigningKey.Create();
        var json = JsonSerializer.Serialize(key.Public.Jwk);
        Assert.DoesNotContain("\"d\"", json, StringComparison.Ordinal);
        Assert.True(JsonSerializer.Deserialize<JsonWebKey>(json)!.TryGetKey(out var read, out _));
        Assert.Equal(key.KeyId, read.KeyId);
    }

    public static TheoryData<JsonWebKey> Wrong =>
    [
        Example with { KeyType = "RSA" },
        Example with { Curve = "P-384" },
        Example with { Use = "enc" },
        Example with { Algorithm = "HS256" },
        Example with { KeyId = "another" },
        Example with { X = Example.Y },
        Example with { X = Example.X + "=" },
        Example with { X = Example.X[..42] },
        Example with { X = Example.X[..42] + "B" },
        Example with { Y = "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F4" },
        Example with { X = new string('A', 43), Y = new string('A', 43) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_key_that_is_not_what_it_claims_is_refused_with_a_reason(JsonWebKey jwk)
    {
        Assert.False(jwk.TryGetKey(out _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Keys_on_other_curves_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(PeerKey.TryFromSpki(other.ExportSubjectPublicKeyInfo(), out _));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPkcs8(other.ExportPkcs8PrivateKey()));
        Assert.False(PeerKey.TryFromSpki("nonsense"u8, out _));
    }
}
