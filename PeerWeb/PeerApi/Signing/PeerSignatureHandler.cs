using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PeerWeb.Core.Federation;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Authenticates a peer by the signature of its request; what it refuses, it explains in the challenge.</summary>
public sealed class PeerSignatureHandler(
    IOptionsMonitor<PeerSignatureOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    OwnIdentity own,
    IPeerKeyDirectory directory,
    NonceRules nonces,
    PeerBudgets budgets,
    PeerMetrics metrics,
    TimeProvider clock) : AuthenticationHandler<PeerSignatureOptions>(options, logger, encoder)
{
    private RequestVerification.Refused? _refused;
    private TimeSpan? _retryAfter;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var outcome = await ExamineAsync(Context.RequestAborted);
        if (outcome.Refused is { } refused)
        {
            _refused = refused;
            return AuthenticateResult.Fail(refused.Slug);
        }

        var request = outcome.Request ?? throw new InvalidOperationException("A request is either refused or known.");
        Context.Features.Set(request);
        return AuthenticateResult.Success(new AuthenticationTicket(request.ToPrincipal(Scheme.Name), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        var refused = _refused ?? new RequestVerification.Refused(PeerProblems.SignatureMissing, "The request is not signed.");
        metrics.Refused(Context.Features.Get<PeerCaller>()?.Domain, refused.Slug);
        var status = refused.Slug switch
        {
            PeerProblems.TooManyRequests => StatusCodes.Status429TooManyRequests,
            PeerProblems.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
            PeerProblems.ContentEncodingRefused => StatusCodes.Status415UnsupportedMediaType,
            PeerProblems.WrongDestination => StatusCodes.Status421MisdirectedRequest,
            _ => StatusCodes.Status401Unauthorized,
        };
        if (status == StatusCodes.Status401Unauthorized) Response.Headers.WWWAuthenticate = PeerSignatureOptions.PeerScheme;
        if (_retryAfter is { } retryAfter) RetryAfter.Set(Response, retryAfter);
        await PeerProblemWriter.WriteAsync(Context, status, refused, Context.RequestAborted);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        metrics.Refused(Context.Features.Get<PeerCaller>()?.Domain, PeerProblems.LinkNotActive);
        return PeerProblemWriter.WriteAsync(
            Context, StatusCodes.Status403Forbidden, PeerProblems.LinkNotActive,
            "The link between the two installations does not allow this call now.", Context.RequestAborted);
    }

    private async Task<Outcome> ExamineAsync(CancellationToken cancellationToken)
    {
        if (RequestReader.Head(Context, own) is not { } head)
            return new(PeerProblems.SignatureInvalid, "The request's target is not a path.");
        if (await RequestReader.BodyAsync(Request, Options.BodyCap, cancellationToken) is not { } body)
            return new(PeerProblems.BodyTooLarge, $"A request has at most {Options.BodyCap} bytes.");

        KnownPeerKey? known = null;
        PeerKey? key = null;
        var verification = await new RequestVerifier(own.Domain, clock).VerifyAsync(head with { Body = body }, FindAsync, cancellationToken);
        if (verification is not RequestVerification.Verified verified || key is null)
            return new(null, verification as RequestVerification.Refused);

        if (known?.Domain is { } domain) Context.Features.Set(new PeerCaller(domain));
        // Before the nonce is recorded, which may cost a commit.
        if (known is { PeerId: var peer } && !budgets.Of(peer).TryTake(body.Length, out var wait))
        {
            _retryAfter = wait;
            return new(PeerProblems.TooManyRequests, "This peer has used up what it may ask for in a minute.");
        }

        // A link request changes no row that exists, so that its nonce need not outlive the process either.
        var safe = NonceRules.IsSafe(Request) || Options.KeyIsInBody;
        var refused = await nonces.RecordAsync(known?.PeerId ?? Guid.Empty, verified, safe, cancellationToken);
        return new(new PeerRequest(known?.PeerId, key, known?.Standing ?? LinkStanding.LinkCallsOnly, verified.Actor, body,
            verified.Nonce, verified.Created, verified.IdempotencyKey), refused);

        async ValueTask<PeerKey?> FindAsync(string keyId, CancellationToken cancellation)
        {
            if (Options.KeyIsInBody) return key = FirstContactKey.Read(body);
            known = await directory.FindAsync(keyId, cancellation);
            return key = known?.Key;
        }
    }

    private sealed record Outcome(PeerRequest? Request, RequestVerification.Refused? Refused)
    {
        public Outcome(string slug, string detail)
            : this(null, new RequestVerification.Refused(slug, detail))
        {
        }
    }
}
