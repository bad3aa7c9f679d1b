using Microsoft.EntityFrameworkCore;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.BadDays;

/// <summary>The wire between Sam and Ada's calendar is cut while he writes: at any byte, before her commit and after it.</summary>
public sealed class InterruptedWriteTests(CabledHosts hosts) : IClassFixture<CabledHosts>
{
    private static readonly Uid Event = Uid.Parse("event");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public enum Kind
    {
        Create,
        Change,
        Delete,
    }

    private static string Text(string summary) => Ics.Event("event", summary, ":20261110T090000Z", ":20261110T100000Z");

    [Theory]
    [InlineData(Kind.Create)]
    [InlineData(Kind.Change)]
    [InlineData(Kind.Delete)]
    public async Task A_write_that_is_cut_before_all_of_it_arrived_is_sent_again_and_happens_once(Kind kind)
    {
        var pair = await hosts.LinkAsync();
        var whole = await MeasureAsync(pair, kind, Carried.Request);

        foreach (var after in new[] { 0, 1, 17, whole / 4, whole / 2, whole * 3 / 4, whole - 2, whole - 1 })
            await HappensOnceAsync(pair, kind, Carried.Request, after);
    }

    [Theory]
    [InlineData(Kind.Create)]
    [InlineData(Kind.Change)]
    [InlineData(Kind.Delete)]
    public async Task A_write_whose_answer_is_cut_has_happened_once_and_is_answered_as_then(Kind kind)
    {
        var pair = await hosts.LinkAsync();
        var whole = await MeasureAsync(pair, kind, Carried.Answer);

        foreach (var after in new[] { 0, 1, 17, whole / 4, whole / 2, whole * 3 / 4, whole - 2, whole - 1 })
            await HappensOnceAsync(pair, kind, Carried.Answer, after);
    }

    [Fact]
    public async Task Where_no_answer_gets_through_it_is_open_whether_it_happened_and_the_same_write_finds_out_later()
    {
        var pair = await hosts.LinkAsync();
        var source = await SourceAsync(pair);
        var key = NewKey();
        hosts.Cable.Cut(Carried.Answer, 0, times: 100);
        Task<WriteAnswer> SaveAsync(string text) => pair.Entries.SaveAsync(pair.Reader, source, Event, text, new Precondition.Absent(), key, Cancel);

        var cut = Assert.IsType<WriteAnswer.Unavailable>(await SaveAsync(Text("Mine")));
        Assert.True(cut.MayHaveHappened);
        Assert.True(hosts.Cable.Left < 100);
        hosts.Cable.Cut(Carried.Answer, 0, times: 0);
        // The circuit may have opened.
        hosts.Advance(TimeSpan.FromSeconds(15));

        var saved = Assert.IsType<SaveOutcome.Saved>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(Text("Mine"))).Outcome);
        Assert.Equal(saved.ETag, (await pair.Acme.Owner.ReadAsync(source.Collection, Event, Cancel))?.ETag);
        Assert.Equal(1, await EffectsAsync(pair, key));
        Assert.IsType<SaveOutcome.KeyReused>(Assert.IsType<WriteAnswer.Decided>(await SaveAsync(Text("Other"))).Outcome);
    }

    private async Task<int> MeasureAsync(LinkedPair pair, Kind kind, Carried what)
    {
        var (source, etag) = await ReadyAsync(pair, kind);
        hosts.Cable.Measure(what);
        await WriteAsync(pair, source, kind, etag, NewKey());
        Assert.InRange(hosts.Cable.Measured, 200, 16 * 1024);
        return hosts.Cable.Measured;
    }

    private async Task HappensOnceAsync(LinkedPair pair, Kind kind, Carried what, int after)
    {
        var (source, etag) = await ReadyAsync(pair, kind);
        var key = NewKey();
        hosts.Cable.Cut(what, after);

        var outcome = Assert.IsType<WriteAnswer.Decided>(await WriteAsync(pair, source, kind, etag, key)).Outcome;

        Assert.Equal(0, hosts.Cable.Left);
        Assert.Equal(1, await EffectsAsync(pair, key));
        var there = await pair.Acme.Owner.ReadAsync(source.Collection, Event, Cancel);
        if (kind == Kind.Delete)
        {
            Assert.IsType<SaveOutcome.Deleted>(outcome);
            Assert.Null(there);
        }
        else
        {
            Assert.Equal(Assert.IsType<SaveOutcome.Saved>(outcome).ETag, there?.ETag);
            Assert.Equal(Text("Mine"), there?.Text);
        }
    }

    /// <summary>A calendar of its own for each write, so that requests of one kind are equally long.</summary>
    private static async Task<(SourceId Source, ETag? ETag)> ReadyAsync(LinkedPair pair, Kind kind)
    {
        var source = await SourceAsync(pair);
        return (source, kind == Kind.Create ? null : await pair.Acme.PutAsync(source.Collection, Event.Value, Text("Theirs")));
    }

    private static async Task<SourceId> SourceAsync(LinkedPair pair)
    {
        var calendar = await pair.Acme.CalendarAsync($"{Guid.NewGuid()}", Rights.Read | Rights.Add | Rights.Edit | Rights.Delete);
        return new SourceId(new Address(pair.Acme.OwnerName, pair.Source.Domain), CalendarApp.AppId, calendar);
    }

    private static Task<WriteAnswer> WriteAsync(LinkedPair pair, SourceId source, Kind kind, ETag? etag, string key) => (kind, etag) switch
    {
        (Kind.Delete, { } there) => pair.Entries.DeleteAsync(pair.Reader, source, Event, there, key, Cancel),
        (_, { } there) => pair.Entries.SaveAsync(pair.Reader, source, Event, Text("Mine"), new Precondition.Match(there), key, Cancel),
        _ => pair.Entries.SaveAsync(pair.Reader, source, Event, Text("Mine"), new Precondition.Absent(), key, Cancel),
    };

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static async Task<int> EffectsAsync(LinkedPair pair, string key)
    {
        await using var db = pair.Acme.NewContext();
        return await db.Changes.CountAsync(change => change.IdempotencyKey == key, Cancel);
    }
}
