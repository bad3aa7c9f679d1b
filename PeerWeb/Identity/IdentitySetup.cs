using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

internal static class IdentitySetup
{
    public const string LoginRateLimit = "login";
    public const string LoginPath = "/account/login";
    public const string LogoutPath = "/account/logout";

    /// <summary>Users and keys in a database of their own, and the key ring that encrypts them.</summary>
    public static IServiceCollection AddIdentityStore(this IServiceCollection services)
    {
        services.AddDbContextFactory<SqliteIdentityStore>((provider, store) => ((DatabasePlace.Sqlite)Place(provider)).Configure(store));
        services.AddDbContextFactory<PostgresIdentityStore>((provider, store) => ((DatabasePlace.Postgres)Place(provider)).Configure(store));
        services.AddSingleton<IDbContextFactory<IdentityStore>, IdentityStores>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<IdentityStore>>().CreateDbContext());
        services.AddDataProtection().SetApplicationName("PeerWeb");
        services.AddSingleton<KeyRing>();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((keys, ring) => keys.XmlRepository = ring);
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<IdentityMigration>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<IdentityMigration>());
        services.AddSingleton<IStopStep, IdentityClosed>();
        services.AddSingleton<IStartupStep>(provider => provider.GetRequiredService<SigningKeyStore>());
        return services;
    }

    private static DatabasePlace Place(IServiceProvider provider) => provider.GetRequiredService<DatabaseChoice>().Identity;

    /// <summary>Sign-in with a cookie, sessions that are checked every minute, and a policy that denies where nothing else was said.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<LocalUser>(identity =>
            {
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                identity.SignIn.RequireConfirmedAccount = true;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<IdentityStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<LocalUserClaims>();
        // Our rules in place of the defaults, which ask for kinds of characters and allow other names.
        services.Replace<IUserValidator<LocalUser>, UserNameRule>(ServiceLifetime.Scoped);
        services.Replace<IUserConfirmation<LocalUser>, EnabledUsers>(ServiceLifetime.Scoped);
        services.AddSingleton<PasswordRule>();
        services.Replace<IPasswordValidator<LocalUser>, PasswordRule>(ServiceLifetime.Singleton);
        services.AddSingleton<DecoyHash>();
        services.AddSingleton<DecoyLockouts>();
        services.AddScoped<PasswordSignIn>();
        services.AddSingleton<SessionCheck>();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddCascadingAuthenticationState();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = SessionCheck.Interval);
        // The second scheme is not offered; Identity signs out of it when it ends a session, and fails where it is missing.
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme).AddTwoFactorRememberMeCookie();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IOptions<PeerWebOptions>>(Cookie);
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<PeerWebOptions>>((antiforgery, options) =>
        {
            antiforgery.Cookie.Name = CookieName("peerweb-form", options.Value);
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = SecurePolicy(options.Value);
        });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Roles.Admin, policy => policy.RequireRole(Roles.Admin));
        return services.AddRateLimiter(limiter => limiter.AddPolicy(LoginRateLimit, LoginAttempts));
    }

    /// <summary>Cookies ignore ports, so two installations on one host would overwrite each other's without the domain in the name.</summary>
    /// <remarks>Over https browsers take a cookie of such a name from this very host only, for all paths, and never over http (RFC 6265bis 4.1.3.2).</remarks>
    internal static string CookieName(string purpose, PeerWebOptions options) =>
        $"{(options.IsSecure ? "__Host-" : "")}{purpose}-{options.Domain.Replace(':', '.')}";

    private static CookieSecurePolicy SecurePolicy(PeerWebOptions options) => options.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    private static void Cookie(CookieAuthenticationOptions cookie, IOptions<PeerWebOptions> options)
    {
        cookie.Cookie.Name = CookieName("peerweb", options.Value);
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = SecurePolicy(options.Value);
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = LoginPath;
        cookie.LogoutPath = LogoutPath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            // What is not yours looks like what is not there.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    }

    private static RateLimitPartition<string> LoginAttempts(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                $"{ClientAddress.KeyOf(context.Connection.RemoteIpAddress)}", _ => new() { PermitLimit = 30, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("");

    private static void Replace<TService, TImplementation>(this IServiceCollection services, ServiceLifetime lifetime)
        where TImplementation : class, TService
        where TService : class
    {
        foreach (var registered in services.Where(service => service.ServiceType == typeof(TService)).ToArray()) services.Remove(registered);
        services.Add(ServiceDescriptor.Describe(typeof(TService), typeof(TImplementation), lifetime));
    }
}
