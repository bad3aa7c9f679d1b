using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PeerWeb.Identity.Setup;
using PeerWeb.Shell;

namespace PeerWeb.Identity.Pages;

/// <summary>Makes the first administrator, for whoever knows the setup code; shows how the installation is set up, to nobody else.</summary>
public sealed partial class SetupPage(
    NavigationManager navigation, SetupCode code, SetupFacts found, UserAccounts accounts, SignInManager<LocalUser> signIn, IOptions<PeerWebOptions> options)
{
    private readonly Dictionary<string, string> faults = [];
    private SetupFacts.Shown facts = new([], []);
    private bool mayMake;
    private bool isCodeWrong;
    private string? codeTyped;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [SupplyParameterFromForm(FormName = "setup-code", Name = "Form")]
    private SetupForm? Opened { get; set; }

    [SupplyParameterFromForm(FormName = "setup", Name = "Form")]
    private SetupForm? Form { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    private string? CodeInAddress { get; set; }

    private PeerWebOptions Options => options.Value;

    private CancellationToken Aborted => Http?.RequestAborted ?? CancellationToken.None;

    private string Focused => Fields.Select(one => one.Name).FirstOrDefault(faults.ContainsKey) ?? nameof(SetupForm.User);

    private IReadOnlyList<Field> Fields =>
    [
        new(nameof(SetupForm.User), "setup-user", "User name", "text", Form?.User, 1, 64, "username",
            $"Small letters, digits, dot, underscore, hyphen; at most 64. It stays for good, as in NAME@{Options.Domain}.") { Pattern = "\\s*[A-Za-z0-9._\\-]+\\s*" },
        new(nameof(SetupForm.DisplayName), "setup-display-name", "Display name", "text", Form?.DisplayName, null, 100, "name", "What other people see, at most 100 characters. The user name where it is empty.") { IsRequired = false },
        new(nameof(SetupForm.Password), "setup-password", "Password", "password", null, PasswordRule.MinimumLength, PasswordRule.MaximumLength, "new-password",
            string.Create(CultureInfo.InvariantCulture, $"{PasswordRule.MinimumLength} to {PasswordRule.MaximumLength} characters of any kind.")),
        new(nameof(SetupForm.Again), "setup-password-again", "The same password again", "password", null, null, PasswordRule.MaximumLength, "new-password", "So that no slip of the keys locks you out."),
    ];

    // A form is answered by the form that was sent: the second one only stands for who has shown the code, the first one for who is about to.
    protected override Task OnInitializedAsync() => Opened is null ? TryAsync(Form?.Code ?? CodeInAddress) : Task.CompletedTask;

    private Task OpenAsync() => TryAsync(Opened?.Code);

    private async Task TryAsync(string? typed)
    {
        codeTyped = typed;
        mayMake = code.IsWrittenAs(typed);
        isCodeWrong = !mayMake && !string.IsNullOrEmpty(typed);
        if (mayMake) facts = await found.ReadAsync(Aborted);
    }

    private async Task MakeAsync()
    {
        if (!mayMake) return;
        var form = Form ?? new SetupForm();
        if (form.Password != form.Again) faults[nameof(SetupForm.Again)] = "The two passwords differ.";
        var displayName = string.IsNullOrWhiteSpace(form.DisplayName) ? null : form.DisplayName;
        var wanted = new NewUser(form.User ?? "", displayName, form.Password ?? "", IsAdmin: true);
        switch (faults.Count == 0 ? await accounts.CreateFirstAdminAsync(wanted, Aborted) : new FirstAdminOutcome.Refused(await accounts.FaultsOfAsync(wanted)))
        {
            case FirstAdminOutcome.Made(var user):
                await signIn.SignInAsync(user, isPersistent: false);
                navigation.NavigateTo(ReturnUrl.Home);
                break;
            case FirstAdminOutcome.Refused(var all):
                foreach (var fault in all) faults.TryAdd(FieldOf(fault), fault.Description);
                break;
            case FirstAdminOutcome.TooLate:
                // Somebody else was first: this page is none any more.
                navigation.NavigateTo(IdentitySetup.LoginPath);
                break;
        }
    }

    private static string FieldOf(IdentityError fault) => fault.Code switch
    {
        "Password" => nameof(SetupForm.Password),
        "DisplayName" => nameof(SetupForm.DisplayName),
        _ => nameof(SetupForm.User),
    };

    /// <param name="Value">Never of a password.</param>
    private sealed record Field(string Name, string Id, string Label, string Type, string? Value, int? Least, int Most, string Autocomplete, string Rule)
    {
        public bool IsRequired { get; init; } = true;

        public string? Pattern { get; init; }
    }

    private sealed class SetupForm
    {
        public string? Code { get; set; }

        public string? User { get; set; }

        public string? DisplayName { get; set; }

        public string? Password { get; set; }

        public string? Again { get; set; }
    }
}
