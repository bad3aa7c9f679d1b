namespace PeerWeb.Core.Federation.Signing;

/// <summary>A whole answer: status, header lines and the buffered body.</summary>
public sealed record AnswerMessage
{
    public required int Status { get; init; }

    public required FieldSection Fields { get; init; }

    public FieldSection Trailers { get; init; } = FieldSection.Empty;

    public ReadOnlyMemory<byte> Body { get; init; }
}
