using System.Buffers;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared;

/// <summary>The colour of a source: its owner's, or one of a palette that colour-blind people tell apart.</summary>
/// <remarks>
/// Colours come from other installations: nothing but <c>#rrggbb</c> reaches a style attribute. They colour edges, dots and tints, never text,
/// so that text keeps its contrast whatever an owner chose.
/// </remarks>
public static class SourceColor
{
    /// <summary>After Okabe and Ito; each at least 3:1 on white and on the dark surface.</summary>
    public static readonly IReadOnlyList<string> Palette = ["#0f7bc4", "#c8570a", "#08875f", "#b8558f", "#8d7310", "#5f6fd1", "#3c8794", "#b5494f"];

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool IsColor(string? text) => text is { Length: 7 } && text[0] == '#' && !text.AsSpan(1).ContainsAnyExcept(HexDigits);

    /// <summary>A colour for each source; palette colours are given out in the sources' own order, so that they stay when others come or go elsewhere.</summary>
    public static IReadOnlyDictionary<SourceId, string> Of(IEnumerable<Source> sources)
    {
        var colors = new Dictionary<SourceId, string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources.DistinctBy(source => source.Id).OrderBy(source => source.Id.ToString(), StringComparer.Ordinal))
        {
            var color = IsColor(source.Color) ? source.Color! : FromPalette(source.Id, taken);
            colors[source.Id] = color;
            taken.Add(color);
        }
        return colors;
    }

    /// <summary>A colour for one more beside these; the least used one where all are.</summary>
    public static string Next(IEnumerable<string?> taken)
    {
        var used = taken.OfType<string>().ToList();
        return Palette.MinBy(color => used.Count(other => other.Equals(color, StringComparison.OrdinalIgnoreCase))) ?? Palette[0];
    }

    private static string FromPalette(SourceId source, HashSet<string> taken)
    {
        var first = source.ToString().Aggregate(17, (hash, c) => unchecked((hash * 31) + c)) & int.MaxValue;
        var candidates = Enumerable.Range(0, Palette.Count).Select(i => Palette[(first + i) % Palette.Count]).ToList();
        return candidates.Find(color => !taken.Contains(color)) ?? candidates[0];
    }
}
