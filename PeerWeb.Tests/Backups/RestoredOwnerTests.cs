using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Core.Storage.Peers;
using PeerWeb.Core.Sync;
using PeerWeb.Tests.Cli;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using PeerWeb.Tests.PeerApi.Links;
using PeerWeb.Tests.Shell;
using Xunit;

namespace PeerWeb.Tests.Backups;

/// <summary>Acme is restored to a state from before what Sam at Globex has read, and Sam goes on as if nothing had happened.</summary>
public sealed class RestoredOwnerTests
{
    private static readonly UserName Sam = UserName.Parse("sam");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_with_tokens_and_etags_from_before_a_restore_reads_everything_anew_and_overwrites_nothing()
    {
        var port = InstallationHost.FreePort();
        using var saved = new SavedInstallation(new Dictionary<string, string?>
        {
            ["PeerWeb:Endpoint"] = $"http://acme.localhost:{port}",
            ["PeerWeb:AllowPlainHttp"] = "true",
            ["PeerWeb:AllowPrivateAddresses"] = "true",
        });
        var acme = await saved.StartAsync();
        await using var globex = await InstallationHost.StartAsync("globex", Cancel);
        var there = await LinkedHosts.AddPeerAsync(acme.Services, await globex.Links.HomeAsync(Cancel), globex.Endpoint);
        var here = await LinkedHosts.AddPeerAsync(globex, await acme.Services.GetRequiredService<PeerLinks>().HomeAsync(Cancel), acme.Endpoint);
        var calendar = await acme.Services.GetRequiredService<SqlCollections>().CreateAsync(SavedInstallation.Ada, CalendarApp.AppId, "Work", null, Cancel);
        var kept = await GrantAsync(acme, calendar, new Principal.RemoteUser(there, Sam), Rights.Read | Rights.Edit);
        var taken = await GrantAsync(acme, calendar, new Principal.EveryoneAt(there), Rights.Read);
        await acme.Services.GetRequiredService<MessageOutbox>().DrainAsync(there, Cancel);
        var offers = globex.Services.GetRequiredService<SqlOffers>();
        Assert.True(await offers.AnswerAsync(Sam, here, kept.Grant.Id, OfferAnswer.Accepted, Cancel));
        await SavedInstallation.PutAsync(acme, calendar, "one");
        await SavedInstallation.PutAsync(acme, calendar, "two");
        (await saved.BackupAsync()).Succeeded();

        // Since the backup: one is changed, two deleted, three added, and a grant is taken away.
        var store = SavedInstallation.StoreOf(acme);
        var (one, two) = (await EntryAsync(store, calendar, "one"), await EntryAsync(store, calendar, "two"));
        var changed = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(store, calendar, "one", "Changed", new Precondition.Match(one.ETag))).ETag;
        Assert.IsType<SaveOutcome.Deleted>(await store.DeleteAsync(new EntryRemoval(calendar, two.Uid, two.ETag), NewDelivery(), Cancel));
        await SavedInstallation.PutAsync(acme, calendar, "three");
        await acme.Services.GetRequiredService<SqlGrants>().SaveAsync(
            SavedInstallation.Ada, [new GrantChange(CalendarApp.AppId, calendar, taken.Grant.Principal, Rights.None, Rights.All, taken.Version)], Cancel);
        await acme.Services.GetRequiredService<MessageOutbox>().DrainAsync(there, Cancel);
        Assert.Equal(["Changed", "three"], await MonthAsync(globex));
        var source = (await globex.Services.GetRequiredService<IPeerSources>().ListActiveAsync(Cancel)).Single().StoreFor(Sam);
        var page = Assert.IsType<ChangesAnswer.Page>(await source.ChangesAsync(calendar, null, 100, Cancel));
        await SavedInstallation.StopAsync(acme);

        (await saved.RestoreAsync(more: "--force")).Succeeded();
        await using var restored = await saved.StartAsync();

        Assert.IsType<ChangesAnswer.TokenGone>(await source.ChangesAsync(calendar, page.Token, 100, Cancel));
        var listing = Assert.IsType<ChangesAnswer.Page>(await source.ChangesAsync(calendar, null, 100, Cancel));
        Assert.Equal(["one", "two"], listing.Changes.Select(change => change.Uid.Value));
        var stale = Assert.IsType<SaveOutcome.Stale>(await SaveAsync(source, calendar, "one", "Sam's", new Precondition.Match(changed)));
        Assert.Equal(one.Text, stale.Current?.Text);
        Assert.Equal(["one", "two"], await MonthAsync(globex));
        // The same number is given again for something else: the epoch keeps them apart.
        var again = Assert.IsType<SaveOutcome.Saved>(await SaveAsync(source, calendar, "one", "Again", new Precondition.Match(one.ETag))).ETag;
        Assert.Equal(changed.Value.Split('.')[1], again.Value.Split('.')[1]);
        Assert.NotEqual(changed, again);
        Assert.Equal(["Again", "two"], await MonthAsync(globex));

        // The grants are told anew with versions that the other side has not seen, and what it knows to have ended it does not take.
        await restored.Services.GetRequiredService<MessageOutbox>().DrainAsync(there, Cancel);
        var offer = Assert.Single(await offers.ListAsync(Sam, Cancel));
        Assert.Equal((kept.Grant.Id, OfferAnswer.Accepted), (offer.Notice.Grant, offer.Answer));
        Assert.True(offer.Notice.Version > 1_000_000);
        var doctor = await CliRun.OfAsync(["doctor", "--data", saved.Data], saved.Settings);
        Assert.Equal((0, ""), (doctor.Code, doctor.Error));
        Assert.Contains($"outbox: {globex.Domain} has not taken 1 grants that were told anew after the restore", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("warning  restore: Restored ", doctor.Out, StringComparison.Ordinal);
        Assert.Contains($"ok       {globex.Domain}: answers; the link is active here and active there", doctor.Out, StringComparison.Ordinal);
    }

    private static async Task<StoredGrant> GrantAsync(TestInstallation installation, CollectionId calendar, Principal principal, Rights rights)
    {
        var grants = installation.Services.GetRequiredService<SqlGrants>();
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await grants.SaveAsync(
            SavedInstallation.Ada, [new GrantChange(CalendarApp.AppId, calendar, principal, rights, Rights.None, Version: 0)], Cancel)));
        return (await grants.ListAsync(SavedInstallation.Ada, CalendarApp.AppId, Cancel)).Single(stored => stored.Grant.Principal == principal);
    }

    private static async Task<Entry> EntryAsync(GuardedEntryStore store, CollectionId calendar, string uid) =>
        await store.ReadAsync(calendar, Uid.Parse(uid), Cancel) ?? throw new InvalidOperationException($"There is no {uid}.");

    private static async Task<SaveOutcome> SaveAsync(IEntrySource store, CollectionId calendar, string uid, string summary, Precondition precondition)
    {
        var write = new EntryWrite(calendar, Uid.Parse(uid), Ics.Event(uid, summary, ":20261110T090000Z", ":20261110T100000Z"), precondition);
        return Assert.Single(await Assert.IsAssignableFrom<IEntryStore>(store).SaveAsync([write], Delivery.Of("sam", write, $"key-{Guid.NewGuid():N}"), Cancel));
    }

    private static Delivery NewDelivery() => new("ada", $"key-{Guid.NewGuid():N}", string.Empty);

    /// <summary>What Sam's merged month shows of Acme, live.</summary>
    private static async Task<IReadOnlyList<string>> MonthAsync(InstallationHost globex)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        var answers = new List<MergeUpdate.Answered>();
        await foreach (var update in globex.Services.GetRequiredService<MergedView>().QueryAsync(Sam, LinkedPair.November, guard.Token))
        {
            if (update is MergeUpdate.Answered answered)
                answers.Add(answered);
        }
        var acme = answers.Last(answer => !answer.Installation.IsOwn);
        Assert.Equal(SourceState.Live, Assert.Single(acme.Sources).Status.State);
        return [.. acme.Entries.Select(entry => entry.Summary.Title).Order(StringComparer.Ordinal)];
    }
}
