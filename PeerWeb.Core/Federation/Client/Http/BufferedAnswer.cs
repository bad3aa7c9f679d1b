using System.Net;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Core.Federation.Client.Http;

/// <summary>The whole body of an answer, in memory; it goes back to the pool with the answer.</summary>
internal sealed class BufferedAnswer(RentedBuffer body) : HttpContent
{
    /// <summary>The bytes of <paramref name="content"/>, not copied where they are ours; to be read before it is disposed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> BytesAsync(HttpContent content, CancellationToken cancellationToken) =>
        content is BufferedAnswer buffered ? buffered.Body : await content.ReadAsByteArrayAsync(cancellationToken);

    private ReadOnlyMemory<byte> Body => body.Written;

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(Body, cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
