using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Faults;

/// <summary>What Sam at Globex and Ada at Acme see while Ada's database cannot write, over both whole installations.</summary>
public abstract class FaultStories(FaultHosts hosts)
{
    private const Rights Given = Rights.Read | Rights.Add | Rights.Edit;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("calendar", 0)]
    [InlineData("calendar", 96 * 1024)]
    [InlineData("addressbook", 0)]
    [InlineData("todo", 0)]
    [InlineData("notes", 0)]
    public async Task On_a_full_disk_a_write_is_refused_with_507_reading_goes_on_and_with_room_everything_is_as_before(string app, int left)
    {
        var story = await Story.BeginAsync(hosts, AppSamples.Named(app));
        await hosts.FillAsync(left);

        var raw = await story.PutAsync();
        Assert.Equal((StatusCodes.Status507InsufficientStorage, PeerProblems.StorageFull), (raw.Status, raw.Slug));
        Assert.True(raw.Message.Fields.Has(PeerHeaders.Signature));
        Assert.Equal(new WriteAnswer.Unavailable("Its disk is full.", MayHaveHappened: false), await story.SaveAsReaderAsync());
        Assert.Equal(new WriteAnswer.Unavailable("The disk of this server is full.", MayHaveHappened: false), await story.SaveAsOwnerAsync());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hosts.Acme.Services.GetRequiredService<SqlDrafts>()
            .SaveAsync(story.Pair.Acme.OwnerName, story.Source.App, Guid.NewGuid(), "Kept", story.Text("draft"), Cancel));
        await story.AssertReadableAsync();
        Assert.Equal(0, await story.EffectsAsync());

        await hosts.FreeAsync();
        await story.AssertAllSavedOnceAsync();
        await hosts.AssertSoundAsync();
    }

    [Fact]
    public async Task A_database_that_another_one_holds_for_too_long_answers_503_and_when_to_come_again()
    {
        var story = await Story.BeginAsync(hosts, AppSamples.Calendar);
        await using (await hosts.HoldAsync())
        {
            var raw = await story.PutAsync();
            Assert.Equal((StatusCodes.Status503ServiceUnavailable, PeerProblems.StorageBusy), (raw.Status, raw.Slug));
            Assert.Equal("2", raw.Message.Fields.Value("Retry-After"));
            Assert.True(raw.Message.Fields.Has(PeerHeaders.Signature));
            Assert.Equal("Its database is busy with other work.", Assert.IsType<WriteAnswer.Unavailable>(await story.SaveAsReaderAsync()).Reason);
            Assert.Equal(new WriteAnswer.Unavailable("The database of this server is busy with other work.", MayHaveHappened: false), await story.SaveAsOwnerAsync());
            await story.AssertReadableAsync();
        }

        await story.AssertAllSavedOnceAsync();
    }

    /// <summary>Three writes of the same moment, each of an entry of its own and the same on every repeat: byte for byte, as the reader, as the owner.</summary>
    private protected sealed record Story(FaultHosts Hosts, LinkedPair Pair, SourceId Source)
    {
        private readonly Random _random = new(20261123);
        private readonly Dictionary<string, string> _texts = [];
        private readonly string _key = Guid.NewGuid().ToString("N")[..24];

        public static async Task<Story> BeginAsync(FaultHosts hosts, AppSamples samples)
        {
            var pair = await hosts.LinkAsync() with { Samples = samples };
            await pair.AddLocalAsync();
            var story = new Story(hosts, pair, pair.SourceOf(await pair.ShareAsync(Given)));
            await story.AssertReadableAsync();
            return story;
        }

        public async Task<RawAnswer> PutAsync() => await new SignedRaw(
            Hosts.Acme, LinkedHosts.KeyOf(Hosts.Globex), Hosts.GlobexClock, "PUT", $"/peer/v1/collections/{Source.Collection}/entries/{Uid.Parse("raw").ToPathSegment()}")
        {
            Actor = $"\"{Pair.Reader}\"",
            IdempotencyKey = KeyOf("raw"),
            Body = JsonSerializer.Serialize(new WireEntry(Source.Collection.ToString(), "raw", Text("raw")), PeerJson.Requests),
            Fields = [new(PeerHeaders.IfNoneMatch, "*")],
        }.SendAsync(Cancel);

        public Task<WriteAnswer> SaveAsReaderAsync() => Pair.Entries.SaveAsync(
            Pair.Reader, Source, Uid.Parse("reader"), Text("reader"), new Precondition.Absent(), KeyOf("reader"), Cancel);

        public Task<WriteAnswer> SaveAsOwnerAsync() => Hosts.Acme.Services.GetRequiredService<SourceEntries>().SaveAsync(
            Pair.Acme.OwnerName, Source, Uid.Parse("owner"), Text("owner"), new Precondition.Absent(), KeyOf("owner"), Cancel);

        /// <summary>Larger than any room that is left by chance, and of letters that cannot be packed.</summary>
        public string Text(string uid)
        {
            if (!_texts.TryGetValue(uid, out var text))
            {
                string Letters() => new([.. Enumerable.Range(0, 90_000).Select(_ => (char)('a' + _random.Next(26)))]);
                // Not of the month that is read meanwhile.
                text = Pair.Samples.Of(uid, "Large", 20, $"X-MUCH:{Letters()}", $"X-MORE:{Letters()}", $"X-MOST:{Letters()}").Replace(":20261120", ":20261220", StringComparison.Ordinal);
                _texts.Add(uid, text);
            }
            return text;
        }

        public async Task AssertReadableAsync()
        {
            var acme = (await Pair.AskAsync()).Peer(Hosts.Acme.Domain);
            Assert.Equal((SourceState.Live, null), (acme.Installation.Status?.State, acme.Installation.Status?.Reason));
            Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));
            Assert.NotNull(await Pair.Acme.Owner.ReadAsync(Source.Collection, Uid.Parse("one"), Cancel));
        }

        public async Task AssertAllSavedOnceAsync()
        {
            // The circuit may have opened.
            Hosts.Advance(TimeSpan.FromSeconds(15));
            for (var round = 0; round < 2; round++)
            {
                Assert.Equal(StatusCodes.Status201Created, (await PutAsync()).Status);
                foreach (var answer in new[] { await SaveAsReaderAsync(), await SaveAsOwnerAsync() })
                    Assert.IsType<SaveOutcome.Saved>(Assert.IsType<WriteAnswer.Decided>(answer).Outcome);
            }
            Assert.Equal(3, await EffectsAsync());
        }

        public async Task<int> EffectsAsync()
        {
            await using var db = Pair.Acme.NewContext();
            return await db.Changes.CountAsync(change => change.IdempotencyKey.StartsWith(_key), Cancel);
        }

        private string KeyOf(string uid) => _key + uid;
    }
}

public sealed class SqliteFaultTests(SqliteFaultHosts hosts) : FaultStories(hosts), IClassFixture<SqliteFaultHosts>;

public sealed class PostgresFaultTests(PostgresFaultHosts hosts) : FaultStories(hosts), IClassFixture<PostgresFaultHosts>
{
    [Fact]
    public async Task While_the_server_is_gone_calls_answer_503_and_after_its_crash_everything_is_there_and_nothing_twice()
    {
        var story = await Story.BeginAsync(hosts, AppSamples.Calendar);
        await hosts.Server.CrashAsync();

        var raw = await story.PutAsync();
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, PeerProblems.StorageBroken), (raw.Status, raw.Slug));
        Assert.Equal("30", raw.Message.Fields.Value("Retry-After"));
        Assert.True(raw.Message.Fields.Has(PeerHeaders.Signature));
        Assert.Equal(new WriteAnswer.Unavailable("Its database does not answer.", MayHaveHappened: true), await story.SaveAsReaderAsync());
        Assert.Equal(new WriteAnswer.Unavailable("The database of this server does not answer.", MayHaveHappened: true), await story.SaveAsOwnerAsync());
        hosts.Advance(TimeSpan.FromSeconds(15));
        var acme = (await story.Pair.AskAsync()).Peer(hosts.Acme.Domain);
        Assert.Equal(SourceState.Stale, acme.Installation.Status?.State);
        Assert.Equal("Its database does not answer.", acme.Installation.Status?.Reason);
        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles(acme));

        await hosts.Server.StartAsync();
        await story.AssertAllSavedOnceAsync();
        await story.AssertReadableAsync();
        await hosts.AssertSoundAsync();
    }
}
