using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Month;
using PeerWeb.Shared;

namespace PeerWeb.Features.Calendars.Export;

/// <summary>Which calendars go into a file, and which of their days; written as an address and read from one.</summary>
/// <param name="First">The first day, or null for all before.</param>
/// <param name="Last">The last day, or null for all after.</param>
/// <param name="Zone">In which days begin and end.</param>
public sealed record ExportRequest(IReadOnlyList<SourceId> Sources, LocalDate? First, LocalDate? Last, DateTimeZone Zone)
{
    /// <summary>Only this event, with all of its series; null for every one.</summary>
    public Uid? Entry { get; init; }

    public const string Path = "/calendar/export";
    public const int MostSources = 100;

    public string Url
    {
        get
        {
            var query = Sources.Select(source => KeyValuePair.Create("source", (string?)source.ToString())).ToList();
            query.AddRange([new("from", Iso(First)), new("to", Iso(Last)), new("uid", Entry?.Value), new("zone", First is null && Last is null ? null : Zone.Id)]);
            return QueryHelpers.AddQueryString(Path, query.Where(part => part.Value is not null));
        }
    }

    /// <summary>Null for all there is.</summary>
    public TimeRange? Range => First is null && Last is null
        ? null
        : new TimeRange(
            First is { } first ? Zone.AtStartOfDay(first).ToInstant() : TimeRange.Earliest,
            Last is { } last ? Zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : TimeRange.Latest);

    /// <summary>What is wrong with it, in words for a person; null where nothing is.</summary>
    public string? Problem => (Sources.Count, First, Last) switch
    {
        (0, _, _) => "Choose at least one calendar.",
        ( > MostSources, _, _) => string.Create(CultureInfo.InvariantCulture, $"One file takes at most {MostSources} calendars."),
        ( > 1, _, _) when Entry is not null => "One event is in one calendar.",
        (_, { } first, { } last) when last < first => "The last day is before the first.",
        (_, { Year: < 1901 or > 2198 }, _) or (_, _, { Year: < 1901 or > 2198 }) => "Days are within the years 1901 to 2198.",
        _ => null,
    };

    /// <summary>A zone that is not known would cut other days than those that were asked for.</summary>
    public static bool HasUnknownZone(IQueryCollection query) => query["zone"].Count > 0 && ViewerZone.Known(query["zone"]) is null;

    /// <summary>Null where it is none, or one with a <see cref="Problem"/>.</summary>
    public static ExportRequest? Read(IQueryCollection query)
    {
        var sources = new List<SourceId>();
        foreach (var text in query["source"])
        {
            if (!SourceId.TryParse(text, out var source))
                return null;
            sources.Add(source);
        }
        var (first, last) = (EventWords.ParseIsoDay(query["from"]), EventWords.ParseIsoDay(query["to"]));
        var isRead = (first is not null || query["from"].Count == 0) && (last is not null || query["to"].Count == 0);
        var isOne = Uid.TryParse(query["uid"], out var uid);
        isRead &= isOne || query["uid"].Count == 0;
        var request = new ExportRequest([.. sources.Distinct()], first, last, ViewerZone.OrUtc(query["zone"])) { Entry = isOne ? uid : null };
        return isRead && request.Problem is null ? request : null;
    }

    private static string? Iso(LocalDate? day) => day is { } one ? EventWords.IsoDay(one) : null;
}
