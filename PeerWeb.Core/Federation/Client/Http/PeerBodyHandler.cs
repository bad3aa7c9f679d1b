using System.Globalization;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>Reads the whole answer under one deadline and a cap, and turns everything that goes wrong into <see cref="PeerUnavailableException"/>.</summary>
public sealed class PeerBodyHandler(PeerHttpOptions options, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var allowed = request.Options.TryGetValue(PeerRequestOptions.Deadline, out var own) ? own : options.Deadline;
        using var deadline = new CancellationTokenSource(allowed, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, either.Token);
            Check(answer);
            await BufferAsync(answer, either.Token);
            return answer;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested && Unavailable(problem, allowed) is { } unavailable)
        {
            answer?.Dispose();
            throw unavailable;
        }
        catch (OperationCanceledException)
        {
            answer?.Dispose();
            throw;
        }
    }

    private static PeerUnavailableException? Unavailable(Exception problem, TimeSpan allowed) => problem switch
    {
        _ when PeerUnavailableException.In(problem) is { } already => already,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
            or OperationCanceledException { InnerException: TimeoutException } => new(UnavailableReason.NotConnected, "The peer cannot be reached.", problem),
        OperationCanceledException => new(UnavailableReason.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"The peer did not answer within {allowed.TotalSeconds:0.#} seconds."), problem),
        HttpRequestException or IOException => new(UnavailableReason.Transport, "The peer cannot be reached.", problem),
        _ => null,
    };

    private void Check(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308)
            throw new PeerUnavailableException(UnavailableReason.Redirected, "The peer's address redirects elsewhere; redirects are not followed.");
        if (answer.Content.Headers.ContentEncoding.Count > 0)
            throw new PeerUnavailableException(UnavailableReason.AnswerEncoded, "The answer is compressed, which answers between peers never are.");
        if (answer.Content.Headers.ContentLength > options.ResponseCap) throw TooLarge();
    }

    private PeerUnavailableException TooLarge() =>
        new(UnavailableReason.AnswerTooLarge, $"The answer is larger than {options.ResponseCap / (1024 * 1024)} MiB.");

    private async Task BufferAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = new RentedBuffer();
        var buffered = new BufferedAnswer(body);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(body.GetMemory(), cancellationToken) is > 0 and var read)
            {
                body.Advance(read);
                if (body.Length > options.ResponseCap) throw TooLarge();
            }
        }
        catch
        {
            buffered.Dispose();
            throw;
        }

        foreach (var (name, values) in answer.Content.Headers.NonValidated) buffered.Headers.TryAddWithoutValidation(name, values);
        answer.Content.Dispose();
        answer.Content = buffered;
    }
}
