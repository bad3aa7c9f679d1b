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
        var faults = new List<IdentityError>();
        if (user.UserName is null || !UserName.TryParse(user.UserName, out _))
            faults.Add(new() { Code = "UserName", Description = "A user name has 1 to 64 characters out of a-z, 0-9, dot, underscore and hyphen." });
        else if (await manager.FindByNameAsync(user.UserName) is { } known && known.Id != user.Id)
            faults.Add(new() { Code = "Taken", Description = $"The name {user.UserName} is or was somebody's; names are never given twice." });
        if (string.IsNullOrWhiteSpace(user.DisplayName) || user.DisplayName.Length > 100 || user.DisplayName.Any(char.IsControl))
            faults.Add(new() { Code = "DisplayName", Description = "A display name has 1 to 100 characters on one line." });
        return faults.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. faults]);
    }
}
