using System.Buffers;
using System.Globalization;
using System.Text;
using PeerWeb.Core.Federation.Signing.StructuredFields;

namespace PeerWeb.Core.Federation.Signing;

/// <summary>The signature base of RFC 9421 2.5, for any list of components; the profile that peers use stands on top of it.</summary>
internal static class SignatureBase
{
    // Of other fields nobody can know whether they are a list or a dictionary (RFC 9421 2.1.1).
    private static readonly Dictionary<string, StructuredFieldKind> KnownKinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["content-digest"] = StructuredFieldKind.Dictionary,
        ["signature"] = StructuredFieldKind.Dictionary,
        ["signature-input"] = StructuredFieldKind.Dictionary,
        ["accept-signature"] = StructuredFieldKind.Dictionary,
        ["client-cert"] = StructuredFieldKind.Item,
        ["client-cert-chain"] = StructuredFieldKind.List,
        ["example-dict"] = StructuredFieldKind.Dictionary,
    };

    private static readonly SearchValues<char> PlainAscii = SearchValues.Create(['\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>The base for a request, or with <paramref name="answer"/> for the answer to it.</summary>
    /// <param name="input">The member of Signature-Input: the components in their order and the signature's parameters.</param>
    /// <exception cref="FormatException">A component is unknown, absent, given twice or cannot be had from this message.</exception>
    public static string Build(InnerList input, RequestMessage? request, AnswerMessage? answer)
    {
        var lines = new StringBuilder(1024);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in input.Items)
        {
            var start = lines.Length;
            var identifier = lines.AppendMember(component).ToString(start, lines.Length - start);
            if (!seen.Add(identifier)) throw new FormatException($"{identifier} is covered twice");
            lines.Append(": ").Append(OneLine(identifier, Value(component, request, answer))).Append('\n');
        }

        return lines.Append("\"@signature-params\": ").AppendMember(input).ToString();
    }

    private static string OneLine(string identifier, string value) =>
        value.AsSpan().ContainsAnyExcept(PlainAscii) ? throw new FormatException($"{identifier} is not plain ASCII") : value;

    private static string Value(Item component, RequestMessage? request, AnswerMessage? answer)
    {
        if (component.Value is not SfString { Value: var name }) throw new FormatException("a component is named by a string");
        var ofRequest = component["req"] is SfBoolean { Value: true };
        if (ofRequest && answer is null) throw new FormatException("req is for answers only");
        var source = ofRequest || answer is null ? request : null;
        var status = ofRequest ? null : answer;
        return name.StartsWith('@') ? Derived(name, component, source, status) : Field(name, component, source, status);
    }

    private static string Derived(string name, Item component, RequestMessage? request, AnswerMessage? answer)
    {
        if (component.Parameters.Any(parameter => parameter.Key != "req" && (name, parameter.Key) != ("@query-param", "name")))
            throw new FormatException($"{name} does not take this parameter");
        if (name == "@status")
            return answer?.Status.ToString(CultureInfo.InvariantCulture) ?? throw new FormatException("a request has no status");
        if (request is null) throw new FormatException($"an answer has no {name}");
        return name switch
        {
            "@method" => request.Method,
            "@authority" => Authority(request),
            "@scheme" => request.Scheme,
            "@path" => Path(request),
            "@query" => "?" + request.Query,
            "@request-target" => Target(request),
            "@target-uri" => $"{request.Scheme}://{Authority(request)}{Target(request)}",
            "@query-param" => QueryParameter.Value(request.Query, component["name"] is SfString parameter
                ? parameter.Value
                : throw new FormatException("@query-param needs a name")),
            _ => throw new FormatException($"{name} is not known"),
        };
    }

    private static string Path(RequestMessage request) => request.Path.Length == 0 ? "/" : request.Path;

    private static string Target(RequestMessage request) => Path(request) + (request.Query is null ? "" : "?" + request.Query);

    private static string Authority(RequestMessage request)
    {
        var authority = request.Authority.ToLowerInvariant();
        var ownPort = request.Scheme switch { "https" => ":443", "http" => ":80", _ => null };
        return ownPort is not null && authority.EndsWith(ownPort, StringComparison.Ordinal) ? authority[..^ownPort.Length] : authority;
    }

    private static string Field(string name, Item component, RequestMessage? request, AnswerMessage? answer)
    {
        if (name.AsSpan().ContainsAnyInRange('A', 'Z')) throw new FormatException("field names are lower case");
        if (component.Parameters.Count == 0)
            return (request?.Fields ?? answer?.Fields)?.Value(name) ?? throw new FormatException($"{name} is absent");

        var parameters = component.Parameters.Select(parameter => parameter.Key).ToHashSet(StringComparer.Ordinal);
        if (!parameters.IsSubsetOf(["sf", "key", "bs", "tr", "req"])) throw new FormatException($"{name} does not take this parameter");
        if (parameters.Contains("bs") && (parameters.Contains("sf") || parameters.Contains("key")))
            throw new FormatException("bs excludes sf and key");

        var fields = parameters.Contains("tr") ? request?.Trailers ?? answer?.Trailers : request?.Fields ?? answer?.Fields;
        if (fields?.Value(name) is not { } value) throw new FormatException($"{name} is absent");
        if (component["key"] is { } key) return DictionaryMember(name, value, key);
        if (parameters.Contains("bs")) return StructuredFieldWriter.List(fields.Lines(name).Select(Wrapped));
        return parameters.Contains("sf") ? Canonical(name, value) : value;
    }

    private static Item Wrapped(string line) => new(new SfBytes(Encoding.Latin1.GetBytes(line)), []);

    private static string DictionaryMember(string name, string value, BareItem key)
    {
        if (key is not SfString { Value: var wanted }) throw new FormatException("key is a string");
        var member = StructuredFieldParser.Dictionary(value).FirstOrDefault(member => member.Key == wanted).Value
            ?? throw new FormatException($"{name} has no member {wanted}");
        return StructuredFieldWriter.Member(member);
    }

    private static string Canonical(string name, string value) => KnownKinds.TryGetValue(name, out var kind)
        ? kind switch
        {
            StructuredFieldKind.Dictionary => StructuredFieldWriter.Dictionary(StructuredFieldParser.Dictionary(value)),
            StructuredFieldKind.List => StructuredFieldWriter.List(StructuredFieldParser.List(value)),
            StructuredFieldKind.Item => StructuredFieldWriter.Member(StructuredFieldParser.Item(value)),
        }
        : throw new FormatException($"{name} is not known as a structured field");
}
