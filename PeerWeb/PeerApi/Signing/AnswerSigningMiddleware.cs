using Microsoft.AspNetCore.Http.Features;
using PeerWeb.Core.Federation.Budgets;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.PeerApi.Signing;

/// <summary>Signs every answer of the peer API to a request that carries a signature, refusals of any kind included.</summary>
/// <remarks>Stands outside of everything that answers for the peer API: the rate limiter, authentication, the endpoints.</remarks>
public sealed partial class AnswerSigningMiddleware(
    RequestDelegate next, OwnIdentity own, PeerBudgets budgets, TimeProvider clock, ILogger<AnswerSigningMiddleware> logger)
{
    /// <summary>Largest body of an answer, in bytes; longer ones are pages with a cursor.</summary>
    public const int AnswerCap = 1024 * 1024;

    private static readonly PathString PeerApi = "/peer/v1";

    private readonly AnswerSigner _signer = new(own.SigningKey, clock);

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.Path.StartsWithSegments(PeerApi, StringComparison.OrdinalIgnoreCase)
            || RequestReader.Head(context, own) is not { } request
            || !AnswerSigner.CanAnswer(request))
        {
            await next(context);
            return;
        }

        using var answer = await AnswerAsync(context);
        var body = answer.Written;
        Sign(context.Response, request, body);
        if (context.Features.Get<PeerRequest>() is { PeerId: { } peer }) budgets.Of(peer).Spend(body.Length);
        if (body.Length == 0) return;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // An unsigned 500 of the server would read as "unavailable"; a signed one says that we failed.
    private async Task<RentedBuffer> AnswerAsync(HttpContext context)
    {
        try
        {
            return await BufferedAsync(context, next)
                ?? await ProblemAsync(context, StatusCodes.Status500InternalServerError, PeerProblems.AnswerTooLarge,
                    "The answer would be larger than 1 MiB.");
        }
        catch (BadHttpRequestException problem)
        {
            return await ProblemAsync(context, problem.StatusCode, PeerProblems.MalformedRequest, "The request cannot be read.");
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
        {
            Failed(logger, problem, PeerProblemWriter.RequestId(context));
            return await ProblemAsync(context, StatusCodes.Status500InternalServerError, PeerProblems.InternalError,
                "The request failed at this installation.");
        }
    }

    private static async Task<RentedBuffer> ProblemAsync(HttpContext context, int status, string slug, string detail)
    {
        context.Response.Headers.Clear();
        return await BufferedAsync(context, answering => PeerProblemWriter.WriteAsync(answering, status, slug, detail, answering.RequestAborted)) ?? new RentedBuffer();
    }

    /// <summary>The body that <paramref name="answer"/> writes, or null where it is longer than the cap.</summary>
    private static async Task<RentedBuffer?> BufferedAsync(HttpContext context, RequestDelegate answer)
    {
        var outer = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var buffer = new RentedBuffer();
        await using var capped = new CappedStream(buffer, AnswerCap);
        var inner = new StreamResponseBodyFeature(capped);
        context.Features.Set<IHttpResponseBodyFeature>(inner);
        try
        {
            await answer(context);
            await inner.CompleteAsync();
            if (!capped.Overflowed) return buffer;
            buffer.Dispose();
            return null;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
        finally
        {
            context.Features.Set(outer);
        }
    }

    private void Sign(HttpResponse response, RequestMessage request, ReadOnlyMemory<byte> body)
    {
        response.Headers[PeerHeaders.ContentDigest] = ContentDigest.Of(body.Span);
        var answer = new AnswerMessage
        {
            Status = response.StatusCode,
            Fields = new FieldSection(
                from header in response.Headers
                from value in header.Value
                select KeyValuePair.Create(header.Key, value ?? "")),
            Body = body,
        };
        var headers = _signer.Sign(answer, request);
        response.Headers[PeerHeaders.SignatureInput] = headers.SignatureInput;
        response.Headers[PeerHeaders.Signature] = headers.Signature;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The peer API failed, request {RequestId}")]
    private static partial void Failed(ILogger logger, Exception problem, string requestId);
}
