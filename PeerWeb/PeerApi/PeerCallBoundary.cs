using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Storage;
using PeerWeb.PeerApi.Signing;

namespace PeerWeb.PeerApi;

/// <summary>Turns what a peer's call ended in into a problem. Stands around authentication and the endpoints, so that no page for people is ever sent to a peer.</summary>
internal sealed partial class PeerCallBoundary(RequestDelegate next, ILogger<PeerCallBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (PeerCallException wrong)
        {
            await PeerProblemWriter.WriteAsync(context, wrong.Status, wrong.Slug, wrong.Message, context.RequestAborted);
        }
        catch (InvalidQueryException wrong)
        {
            await PeerProblemWriter.WriteAsync(context, StatusCodes.Status400BadRequest, PeerProblems.InvalidQuery, wrong.Message, context.RequestAborted);
        }
        catch (BadHttpRequestException wrong)
        {
            await PeerProblemWriter.WriteAsync(context, wrong.StatusCode, PeerProblems.MalformedRequest, "The request cannot be read.", context.RequestAborted);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested && StoreFaults.In(failure) is { } unavailable)
        {
            StorageFailed(logger, failure, PeerProblemWriter.RequestId(context));
            await StorageProblem.WriteAsync(context, unavailable);
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            CallFailed(logger, failure, PeerProblemWriter.RequestId(context));
            await PeerProblemWriter.WriteAsync(
                context, StatusCodes.Status500InternalServerError, PeerProblems.InternalError, "The request failed at this installation.", context.RequestAborted);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed under a call of a peer, request {RequestId}")]
    private static partial void StorageFailed(ILogger logger, Exception failure, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of a peer failed, request {RequestId}")]
    private static partial void CallFailed(ILogger logger, Exception failure, string requestId);
}
