using PeerWeb.Core.Peers;

namespace PeerWeb.Cli.Peers;

/// <summary>What a peer can do beside what we can, as <c>peer test</c> prints it.</summary>
/// <param name="Said">False where the peer does not say what it can do, or could not be asked; both lists are empty then.</param>
internal sealed record PeerMethodsReport(bool Said, IReadOnlyList<MethodLine> OnlyThere, IReadOnlyList<MethodLine> OnlyHere, string? Error)
{
    public static PeerMethodsReport Of(MethodComparison comparison) => comparison switch
    {
        MethodComparison.Known known => new(true, [.. known.OnlyThere.Select(MethodLine.Of)], [.. known.OnlyHere.Select(MethodLine.Of)], null),
        MethodComparison.Failed failed => new(false, [], [], failed.Reason),
        _ => new(false, [], [], null),
    };

    public IEnumerable<string> ToText()
    {
        if (Error is not null)
            return [$"  what it can do could not be asked: {Error}"];
        if (!Said)
            return ["  it does not say what it can do"];
        return OnlyThere.Count + OnlyHere.Count == 0
            ? ["  it can do what we can do, and nothing else"]
            : [.. Listed("it can, and we cannot", OnlyThere), .. Listed("we can, and it cannot", OnlyHere)];
    }

    private static IEnumerable<string> Listed(string title, IReadOnlyList<MethodLine> lines) =>
        lines.Count == 0 ? [] : [$"  {title}:", .. lines.Select(line => $"    {line.ToText()}")];
}

/// <param name="Method">Verb and route, of a message its kind.</param>
/// <param name="Parts">What of it; empty where it is the whole method.</param>
internal sealed record MethodLine(string Method, string Summary, IReadOnlyList<string> Parts)
{
    public static MethodLine Of(MethodGap gap) => new(gap.Method.Name, gap.Method.Summary, gap.Parts);

    public string ToText() => Parts.Count == 0 ? $"{Method}  {Summary}" : $"{Method}  {string.Join(", ", Parts)}";
}
