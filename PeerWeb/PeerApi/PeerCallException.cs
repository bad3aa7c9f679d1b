namespace PeerWeb.PeerApi;

/// <summary>A call that is answered with a problem; thrown where no result can be returned.</summary>
/// <param name="slug">One of <see cref="Core.Federation.Wire.PeerProblems"/>.</param>
public sealed class PeerCallException(int status, string slug, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Slug { get; } = slug;
}
