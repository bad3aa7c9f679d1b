using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.Federation.Live;
using PeerWeb.Tests.Federation.Merge;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Federation.FifthApp;

/// <summary>Two installations that differ from all others by the registration of one app.</summary>
public sealed class FifthAppHosts : LinkedHosts
{
    protected override IApp Another => new PlainApp();
}

/// <summary>A new app is stored, shared, merged and live with nothing but its registration.</summary>
public sealed class FifthAppTests(FifthAppHosts hosts) : IClassFixture<FifthAppHosts>
{
    private static readonly PlainSamples Samples = new();
    private static readonly Uid One = Uid.Parse("one");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_entries_are_listed_read_and_found_beside_those_at_home()
    {
        var (pair, source) = await ShareAsync(Rights.Read);
        await pair.AddLocalAsync();

        Assert.Equal(LinkedPair.Shared, MergedMonth.Titles((await pair.AskAsync()).Peer(hosts.Acme.Domain)));
        await using var list = pair.View.Open(pair.Reader, new EntryQuery { App = PlainApp.AppId, Sort = EntrySort.Title });
        Assert.Equal(["Dentist", "Review", "Stand-up"], HandMadeWorld.Titles(await HandMadeWorld.FirstAsync(list)));
        Assert.Equal(Samples.Of("one", LinkedPair.Shared[0]), (await ReadAsync(pair, source)).Text);
        var search = new MergedSearch(pair.View, hosts.Globex.Services.GetRequiredService<AppRegistry>());
        var last = await search.SearchAsync(pair.Reader, "stand", Cancel).LastAsync(Cancel);
        Assert.Equal("Stand-up", Assert.Single(last.Groups.Single(group => group.App == PlainApp.AppId).Entries).Summary.Title);
    }

    [Fact]
    public async Task It_is_written_changed_and_deleted_over_the_link_and_the_owner_has_what_the_reader_wrote()
    {
        var (pair, source) = await ShareAsync(Rights.Read | Rights.Add | Rights.Edit | Rights.Delete);
        var uid = Uid.Parse("new");

        var added = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(pair, source, "new", "New", new Precondition.Absent()));
        Assert.Equal(Samples.Of("new", "New"), (await pair.Acme.Owner.ReadAsync(source.Collection, uid, Cancel))?.Text);
        var edited = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(pair, source, "new", "Edited", new Precondition.Match(added.ETag)));
        Assert.IsType<SaveOutcome.Stale>(await SaveAsync(pair, source, "new", "Late", new Precondition.Match(added.ETag)));
        Assert.Equal(Samples.Of("new", "Edited"), (await pair.Acme.Owner.ReadAsync(source.Collection, uid, Cancel))?.Text);
        Assert.IsType<SaveOutcome.Deleted>(Decided(await pair.Entries.DeleteAsync(pair.Reader, source, uid, edited.ETag, NewKey(), Cancel)));
        Assert.Null(await pair.Acme.Owner.ReadAsync(source.Collection, uid, Cancel));
    }

    [Fact]
    public async Task What_was_not_granted_is_refused_and_changes_nothing()
    {
        var (pair, source) = await ShareAsync(Rights.Read);
        var before = await ReadAsync(pair, source);
        var hidden = pair.SourceOf(await pair.Acme.CollectionAsync("Mine alone", Rights.None));

        Assert.Equal(new SaveOutcome.Forbidden(Rights.Add), await SaveAsync(pair, source, "new", "New", new Precondition.Absent()));
        Assert.Equal(new SaveOutcome.Forbidden(Rights.Edit), await SaveAsync(pair, source, "one", "Changed", new Precondition.Match(before.ETag)));
        Assert.Equal(new SaveOutcome.Forbidden(Rights.Delete), Decided(await pair.Entries.DeleteAsync(pair.Reader, source, One, before.ETag, NewKey(), Cancel)));
        Assert.IsType<SaveOutcome.NotFound>(await SaveAsync(pair, hidden, "new", "New", new Precondition.Absent()));
        Assert.IsType<EntryAnswer.NotFound>(await pair.Entries.ReadAsync(pair.Reader, hidden, One, Cancel));
        Assert.Equal(before.ETag, (await pair.Acme.Owner.ReadAsync(source.Collection, One, Cancel))?.ETag);
        Assert.Empty((await pair.Acme.Owner.QueryAsync(pair.Query with { Collections = [hidden.Collection] }, Cancel)).Entries);
    }

    [Fact]
    public async Task A_change_at_the_owner_reaches_an_open_view()
    {
        var (pair, source) = await ShareAsync(Rights.Read);
        var changes = hosts.Globex.Services.GetRequiredService<SourceChanges>();
        using var hearing = new Hearing(changes);
        using var view = hosts.Globex.Services.GetRequiredService<OpenViews>().Open(pair.Reader, [source]);
        Assert.Equal(new SourceChange(source.Owner.Domain, source.Collection, pair.Reader), await hearing.NextAsync());

        await pair.Acme.PutAsync(source.Collection, "new", Samples.Of("new", "Lunch"));

        Assert.Equal(new SourceChange(source.Owner.Domain, source.Collection, Viewer: null), await hearing.NextAsync());
        var answered = await pair.View.RefreshAsync(pair.Reader, pair.Query, source.Owner.Domain, Cancel);
        Assert.Contains("Lunch", MergedMonth.Titles(Assert.IsType<MergeUpdate.Answered>(answered)));
    }

    private async Task<(LinkedPair Pair, SourceId Source)> ShareAsync(Rights rights)
    {
        var pair = await hosts.LinkAsync() with { Samples = Samples };
        return (pair, pair.SourceOf(await pair.ShareAsync(rights)));
    }

    private static async Task<Entry> ReadAsync(LinkedPair pair, SourceId source) =>
        Assert.IsType<EntryAnswer.Found>(await pair.Entries.ReadAsync(pair.Reader, source, One, Cancel)).Entry;

    private static async Task<SaveOutcome> SaveAsync(LinkedPair pair, SourceId source, string uid, string title, Precondition precondition) =>
        Decided(await pair.Entries.SaveAsync(pair.Reader, source, Uid.Parse(uid), Samples.Of(uid, title), precondition, NewKey(), Cancel));

    private static SaveOutcome Decided(WriteAnswer answer) => Assert.IsType<WriteAnswer.Decided>(answer).Outcome;

    private static string NewKey() => Guid.NewGuid().ToString("N");
}

/// <summary>What every store answers for every app, of one that it does not know.</summary>
public sealed class SqliteFifthAppConformance : AppConformance
{
    protected override AppSamples Samples { get; } = new PlainSamples();

    protected override async Task<ConformanceWorld> NewWorldAsync()
    {
        var database = await TestDatabase.CreateAsync(Cancel, another: new PlainApp());
        return new ConformanceWorld(
            database.Services, UserName.Parse("ada"), new Principal.LocalUser(UserName.Parse("bob")), database.StoreOf("bob"), database);
    }
}

/// <summary>The same over the link.</summary>
public sealed class PeerFifthAppConformance(FifthAppHosts hosts) : PeerAppConformance(hosts), IClassFixture<FifthAppHosts>
{
    protected override AppSamples Samples { get; } = new PlainSamples();
}
