using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Shared.Export;

/// <summary>Which collections of one app go into a file, in which form, and which of their days; written as an address and read from one.</summary>
/// <param name="First">The first day, or null for all before.</param>
/// <param name="Last">The last day, or null for all after.</param>
/// <param name="Zone">In which days begin and end.</param>
public sealed record ExportRequest(IReadOnlyList<SourceId> Sources, LocalDate? First, LocalDate? Last, DateTimeZone Zone)
{
    public const int MostSources = 100;

    /// <summary>Only this entry, with all of its series; null for every one.</summary>
    public Uid? Entry { get; init; }

    /// <summary>Of the app's forms; null for its first.</summary>
    public string? Form { get; init; }

    /// <exception cref="InvalidOperationException">It has no source.</exception>
    public string Url
    {
        get
        {
            var query = Sources.Select(source => KeyValuePair.Create("source", (string?)source.ToString())).ToList();
            query.AddRange([new("from", Iso(First)), new("to", Iso(Last)), new("uid", Entry?.Value), new("form", Form), new("zone", First is null && Last is null ? null : Zone.Id)]);
            return QueryHelpers.AddQueryString($"/{Sources[0].App}/export", query.Where(part => part.Value is not null));
        }
    }

    /// <summary>Null for all there is.</summary>
    public TimeRange? Range => First is null && Last is null
        ? null
        : new TimeRange(
            First is { } first ? Zone.AtStartOfDay(first).ToInstant() : TimeRange.Earliest,
            Last is { } last ? Zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : TimeRange.Latest);

    /// <summary>What is wrong with it, in words for a person; null where nothing is.</summary>
    public string? Problem(EntryNouns nouns) => (Sources.Count, First, Last) switch
    {
        (0, _, _) => $"Choose at least one {nouns.Collection}.",
        ( > MostSources, _, _) => string.Create(CultureInfo.InvariantCulture, $"One file takes at most {MostSources} {nouns.Collections}."),
        ( > 1, _, _) when Entry is not null => $"One {nouns.Entry} is in one {nouns.Collection}.",
        (_, { } first, { } last) when last < first => "The last day is before the first.",
        (_, { Year: < 1901 or > 2198 }, _) or (_, _, { Year: < 1901 or > 2198 }) => "Days are within the years 1901 to 2198.",
        _ => null,
    };

    /// <summary>A zone that is not known would cut other days than those that were asked for.</summary>
    public static bool HasUnknownZone(IQueryCollection query) => query["zone"].Count > 0 && ViewerZone.Known(query["zone"]) is null;

    /// <summary>Null where it is none, or one with a <see cref="Problem"/>.</summary>
    public static ExportRequest? Read(IQueryCollection query, EntryNouns nouns)
    {
        var sources = new List<SourceId>();
        foreach (var text in query["source"])
        {
            if (!SourceId.TryParse(text, out var source))
                return null;
            sources.Add(source);
        }
        var (first, last) = (ParseIsoDay(query["from"]), ParseIsoDay(query["to"]));
        var isRead = (first is not null || query["from"].Count == 0) && (last is not null || query["to"].Count == 0);
        var isOne = Uid.TryParse(query["uid"], out var uid);
        isRead &= isOne || query["uid"].Count == 0;
        var request = new ExportRequest([.. sources.Distinct()], first, last, ViewerZone.OrUtc(query["zone"])) { Entry = isOne ? uid : null, Form = query["form"] };
        return isRead && request.Problem(nouns) is null ? request : null;
    }

    private static string? Iso(LocalDate? day) => day is { } one ? LocalDatePattern.Iso.Format(one) : null;

    private static LocalDate? ParseIsoDay(string? text) =>
        text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;
}
