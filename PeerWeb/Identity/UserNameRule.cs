using Microsoft.AspNetCore.Identity;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Identity;

/// <summary>User names are the left side of an address: <c>[a-z0-9._-]{1,64}</c>, and never change.</summary>
internal sealed class UserNameRule : IUserValidator<LocalUser>
{
    /// <summary>What was typed, as the name it can only mean.</summary>
    public static string Normalize(string typed) => typed.Trim().ToLowerInvariant();

    public async Task<IdentityResult> ValidateAsync(UserManager<LocalUser> manager, LocalUser user)
    {
        if (user.UserName is null || !UserName.TryParse(user.UserName, out _))
            return Refused("UserName", "A user name has 1 to 64 characters out of a-z, 0-9, dot, underscore and hyphen.");
        if (string.IsNullOrWhiteSpace(user.DisplayName) || user.DisplayName.Length > 100 || user.DisplayName.Any(char.IsControl))
            return Refused("DisplayName", "A display name has 1 to 100 characters on one line.");
        var known = await manager.FindByNameAsync(user.UserName);
        return known is null || known.Id == user.Id ? IdentityResult.Success : Refused("Taken", $"The name {user.UserName} is or was somebody's; names are never given twice.");
    }

    private static IdentityResult Refused(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
