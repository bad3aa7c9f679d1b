using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PeerWeb.Core.Federation;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Signing;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Policies of the peer API; each authenticates by signature and by nothing else.</summary>
public static class PeerPolicies
{
    /// <summary>The link is active on both sides.</summary>
    public const string Active = "peer-active";

    /// <summary>A key of a link's row that is not revoked: <c>/peer/v1/links/*</c>.</summary>
    public const string LinkCalls = "peer-link-calls";

    /// <summary>Any key of a link's row, a revoked one too: revoke messages and their acknowledgements.</summary>
    public const string Revoke = "peer-revoke";

    /// <summary><c>POST /peer/v1/links</c>: whoever holds the key in the body.</summary>
    public const string FirstContact = "peer-first-contact";
}

/// <summary>Registers what signed requests and answers need; <see cref="OwnIdentity"/>, <see cref="IPeerKeyDirectory"/> and
/// <see cref="INonceLedger"/> come from elsewhere.</summary>
public static class PeerSignatureSetup
{
    public static IServiceCollection AddPeerSignature(this IServiceCollection services)
    {
        services.AddSingleton(provider => new NonceCache(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<NonceRules>();
        services.TryAddSingleton(new PeerBudgetOptions());
        services.TryAddSingleton<PeerMetrics>();
        services.AddSingleton<PeerBudgets>();
        services.AddAuthentication()
            .AddScheme<PeerSignatureOptions, PeerSignatureHandler>(PeerSignatureOptions.PeerScheme, null)
            .AddScheme<PeerSignatureOptions, PeerSignatureHandler>(PeerSignatureOptions.FirstContactScheme, options => options.KeyIsInBody = true);
        services.AddAuthorizationBuilder()
            .AddPolicy(PeerPolicies.Active, policy => Peer(policy, LinkStanding.Active))
            .AddPolicy(PeerPolicies.LinkCalls, policy => Peer(policy, LinkStanding.Active, LinkStanding.LinkCallsOnly))
            .AddPolicy(PeerPolicies.Revoke, policy => Peer(policy, Enum.GetValues<LinkStanding>()))
            .AddPolicy(PeerPolicies.FirstContact, policy =>
                policy.AddAuthenticationSchemes(PeerSignatureOptions.FirstContactScheme).RequireClaim(PeerClaims.KeyId));
        return services;
    }

    /// <summary>Goes before the rate limiter, authentication and the endpoints.</summary>
    public static IApplicationBuilder UseAnswerSigning(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Its clock starts now, not with the first request.
        app.ApplicationServices.GetRequiredService<NonceCache>();
        return app.UseMiddleware<PeerMetricsMiddleware>().UseMiddleware<AnswerSigningMiddleware>();
    }

    private static void Peer(AuthorizationPolicyBuilder policy, params LinkStanding[] standings) => policy
        .AddAuthenticationSchemes(PeerSignatureOptions.PeerScheme)
        .RequireClaim(PeerClaims.PeerId)
        .RequireClaim(PeerClaims.Standing, standings.Select(standing => standing.ToString()));
}
