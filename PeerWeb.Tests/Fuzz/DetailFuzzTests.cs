using System.Text.Json.Nodes;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Todos;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>The details by which lists and calendars show a peer's entries: JSON of which a peer says what it likes. What makes no sense is left out, and nothing is ever thrown at a page.</summary>
public sealed class DetailFuzzTests
{
    private const int Inputs = 3_000;

    private static readonly JsonNode?[] Others =
    [
        null, true, -1, 1e300, long.MinValue, "", "x", "\u202e<script>", "9999-99-99", "2026-11-10T25:00:00Z", new string('y', 5_000), new JsonObject(), new JsonObject { ["a"] = 1 }, new JsonArray(), new JsonArray(null, 1, "x", new JsonObject()),
    ];

    [Theory]
    [InlineData("calendar", 11)]
    [InlineData("todo", 12)]
    [InlineData("notes", 13)]
    [InlineData("addressbook", 14)]
    public void A_detail_that_makes_no_sense_is_read_as_far_as_it_does(string app, int seed)
    {
        Func<string, object> read = app switch { "todo" => TodoDetail.Parse, "notes" => NoteDetail.Parse, "addressbook" => ContactDetail.Parse, _ => CalendarEventDetail.Parse };
        var good = EntryTexts.DetailsOf(app);
        var empty = read("{}");
        var mutator = new Mutator(seed);
        var (kept, lost) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var json = mutator.Next(3) == 0 ? mutator.Spoil(mutator.Any(good)) : Bent(mutator, mutator.Any(good));
            var exception = Record.Exception(() => _ = read(json).Equals(empty) ? lost++ : kept++);
            Assert.True(exception is null, $"Seed {seed}, input {i}: {exception}\n{json}");
        }
        // Both must happen, or nothing was tried.
        Assert.InRange(kept, Inputs / 20, Inputs);
        Assert.InRange(lost, Inputs / 20, Inputs);
    }

    /// <summary>Still JSON, with values of other kinds than they should be.</summary>
    private static string Bent(Mutator mutator, string json)
    {
        var root = JsonNode.Parse(json) ?? new JsonObject();
        for (var times = mutator.Next(4); times >= 0; times--)
        {
            var node = root;
            while (Inside(node) is { Count: > 0 } children && mutator.Any(children) is { } child && mutator.Next(3) > 0)
                node = child;
            var other = mutator.Any(Others)?.DeepClone();
            if (node is JsonObject parts && parts.Count > 0)
                parts[mutator.Any([.. parts.Select(part => part.Key)])] = other;
            else if (node is JsonArray { Count: > 0 } items)
                items[mutator.Next(items.Count)] = other;
        }
        return root.ToJsonString();
    }

    private static List<JsonNode?> Inside(JsonNode node) => node switch
    {
        JsonObject parts => [.. parts.Select(part => part.Value).Where(value => value is JsonObject or JsonArray)],
        JsonArray items => [.. items.Where(item => item is JsonObject or JsonArray)],
        _ => [],
    };
}
