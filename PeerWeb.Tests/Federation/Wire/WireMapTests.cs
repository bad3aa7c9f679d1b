using System.Text;
using System.Text.Json;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire;

public sealed class WireMapTests
{
    private const string Id = "01a207c8-5d28-7007-8521-7027abe96e60";

    [Fact]
    public void One_collection_in_two_spellings_among_the_known_tokens_is_a_wrong_query()
    {
        var query = Query(new Dictionary<string, string> { [Id] = "1.1.a", [Id.ToUpperInvariant()] = "1.2.b" });
        Assert.Contains("known", Assert.Throws<InvalidQueryException>(() => WireMap.FromWire(query)).Message, StringComparison.Ordinal);
        Assert.Single(WireMap.FromWire(Query(new Dictionary<string, string> { [Id] = "1.1.a" })).KnownTokens);
    }

    [Fact]
    public void A_detail_travels_as_it_is_and_a_member_given_twice_in_it_makes_the_page_unreadable()
    {
        Assert.True(CollectionId.TryParse(Id, out var collection));
        var start = EntryTime.Zoned(new LocalDateTime(2026, 11, 22, 9, 30), "Europe/Zurich", Instant.FromUtc(2026, 11, 22, 8, 30));
        var entry = new EntrySummary(collection, Uid.Parse("a"), ETag.Parse("1.1"), null, "Zürich", start, start, IsPrivate: false, """{"location":"Café"}""");
        var slice = new Slice(collection, SliceState.Current, SyncToken.Parse("1.1.a"));
        using var written = new RentedBuffer();
        PeerJson.Write(written, WireMap.ToWire(new QueryAnswer([slice], [entry], Next: null)));

        var page = JsonSerializer.Deserialize<WirePage>(written.Written.Span, PeerJson.Answers);
        Assert.NotNull(page);
        Assert.Equal(entry, WireMap.FromWire(Assert.Single(page.Entries), [slice]));
        var twice = Encoding.UTF8.GetString(written.Written.Span).Replace("{\"location\":", "{\"location\":1,\"location\":", StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WirePage>(twice, PeerJson.Answers));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void A_detail_that_is_no_object_costs_its_own_entry_only(string detail)
    {
        var summary = $$"""{"slice":0,"uid":"a","eTag":"1","title":"","detail":{{detail}}}""";
        var page = JsonSerializer.Deserialize<WirePage>($$"""{"slices":[],"entries":[{{summary}},{{summary.Replace(detail, "{}", StringComparison.Ordinal)}}]}""", PeerJson.Answers);
        Assert.NotNull(page);
        Assert.True(CollectionId.TryParse(Id, out var collection));
        var slice = new Slice(collection, SliceState.Current, SyncToken.Parse("1.1.a"));
        Assert.Equal([null, "{}"], page.Entries.Select(entry => WireMap.FromWire(entry, [slice])?.Detail));
    }

    private static WireQuery Query(IReadOnlyDictionary<string, string> known) => new("calendar", "Europe/Zurich", "start", 10, Known: known);
}
