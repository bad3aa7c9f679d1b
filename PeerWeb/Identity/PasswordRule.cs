using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>At least 10 characters, at most 256; the demo's well-known password only in the demo.</summary>
public sealed class PasswordRule(IOptions<PeerWebOptions> options) : IPasswordValidator<LocalUser>
{
    public const string DemoPassword = "peerweb-demo";
    public const int MinimumLength = 10;
    public const int MaximumLength = 256;

    public bool IsAllowed(string password) => options.Value.Demo || password != DemoPassword;

    public Task<IdentityResult> ValidateAsync(UserManager<LocalUser> manager, LocalUser user, string? password) =>
        Task.FromResult(password switch
        {
            null or { Length: < MinimumLength } => Refused($"A password has at least {MinimumLength} characters."),
            { Length: > MaximumLength } => Refused($"A password has at most {MaximumLength} characters."),
            _ when !IsAllowed(password) => Refused("That password is known to everyone who has seen the demo; choose another."),
            _ => IdentityResult.Success,
        });

    private static IdentityResult Refused(string description) => IdentityResult.Failed(new IdentityError { Code = "Password", Description = description });
}
