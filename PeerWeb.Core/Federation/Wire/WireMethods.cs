namespace PeerWeb.Core.Federation.Wire;

/// <summary>Answer of <c>GET /peer/v1/methods</c>: every call that this installation takes.</summary>
public sealed record WireMethods(IReadOnlyList<WireMethod> Methods);

/// <summary>A call with its signature.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Route">With the names of its variable segments in braces.</param>
/// <param name="Since">Version of the peer API that it came with.</param>
/// <param name="Summary">For people.</param>
/// <param name="Kind">Of <c>POST /peer/v1/messages</c>: the body's kind.</param>
/// <param name="Parameters">Of the query; a question mark behind each that may be absent.</param>
/// <param name="Fields">Header fields beside those of every signed request; a question mark behind each that may be absent.</param>
/// <param name="Request">Members of the body: <c>cursor?.key</c> is a member of one that may be absent, <c>views[].user</c> one of a list's elements.</param>
/// <param name="Answer">Members of the answer to a call that succeeded, in the same form.</param>
public sealed record WireMethod(
    string Verb,
    string Route,
    string Since,
    string Summary,
    string? Kind = null,
    IReadOnlyList<string>? Parameters = null,
    IReadOnlyList<string>? Fields = null,
    IReadOnlyList<string>? Request = null,
    IReadOnlyList<string>? Answer = null);
