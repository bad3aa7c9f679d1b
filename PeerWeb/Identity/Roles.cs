using Microsoft.AspNetCore.Identity;

namespace PeerWeb.Identity;

/// <summary>Role names, which are also the names of the policies that ask for them.</summary>
public static class Roles
{
    /// <summary>Links installations and manages users.</summary>
    public const string Admin = "admin";

    /// <summary>Every local user.</summary>
    public const string User = "user";

    // Fixed, so that a migration can seed them.
    internal static readonly IdentityRole<Guid>[] Seed =
    [
        new() { Id = new("6a1d2f6e-5d0b-4a52-9a55-3f0d6a3c0001"), Name = Admin, NormalizedName = "ADMIN", ConcurrencyStamp = "1" },
        new() { Id = new("6a1d2f6e-5d0b-4a52-9a55-3f0d6a3c0002"), Name = User, NormalizedName = "USER", ConcurrencyStamp = "1" },
    ];
}
