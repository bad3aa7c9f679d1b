namespace PeerWeb.PeerApi.Methods;

/// <summary>What a call of the peer API takes in its body, which it reads from the bytes that were signed.</summary>
internal sealed record PeerCallBody(Type Type);

/// <summary>Header fields of a call beside those of every signed request and answer.</summary>
/// <param name="Request">A question mark behind each that may be absent.</param>
/// <param name="Answer">Of a call that succeeded.</param>
internal sealed record PeerCallFields(IReadOnlyList<string> Request, IReadOnlyList<string> Answer);

/// <summary>Says of a call what its handler's parameters and result do not. It is told to peers and checks nothing: the handler does.</summary>
internal static class PeerCallConventions
{
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder call) => call.WithMetadata(new PeerCallBody(typeof(T)));

    public static RouteHandlerBuilder Carries(this RouteHandlerBuilder call, IReadOnlyList<string> request, params IReadOnlyList<string> answer) =>
        call.WithMetadata(new PeerCallFields(request, answer));
}
