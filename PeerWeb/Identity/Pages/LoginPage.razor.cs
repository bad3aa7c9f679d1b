using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PeerWeb.Shell;

namespace PeerWeb.Identity.Pages;

public sealed partial class LoginPage(
    NavigationManager navigation, PasswordSignIn passwords, SignInManager<LocalUser> signIn, IOptions<PeerWebOptions> options)
{
    private const string Refusal = "The user name or password is not right.";
    private const string LockedOut = "Too many attempts with this name. Wait five minutes, then try again.";
    private string? problem;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [SupplyParameterFromForm]
    private LoginForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? Wanted { get; set; }

    private PeerWebOptions Options => options.Value;

    private CancellationToken Aborted => Http?.RequestAborted ?? CancellationToken.None;

    protected override void OnInitialized()
    {
        if (Http?.User.Identity is { IsAuthenticated: true }) navigation.NavigateTo(ReturnUrl.Local(Wanted));
    }

    private async Task SignInAsync()
    {
        switch (await passwords.CheckAsync(Form?.User ?? "", Form?.Password ?? "", Aborted))
        {
            case SignInOutcome.Accepted(var user):
                await signIn.SignInAsync(user, isPersistent: false);
                navigation.NavigateTo(ReturnUrl.Local(Wanted));
                break;
            case SignInOutcome.LockedOut:
                problem = LockedOut;
                if (Http is not null) Http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                break;
            default:
                problem = Refusal;
                break;
        }
    }

    private sealed class LoginForm
    {
        public string? User { get; set; }

        public string? Password { get; set; }
    }
}
