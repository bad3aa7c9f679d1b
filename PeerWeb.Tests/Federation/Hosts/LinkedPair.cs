using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Federation.Hosts;

/// <summary>One link, an owner at Acme and a reader at Globex.</summary>
/// <param name="AcmeAtGlobex">Acme's row there.</param>
/// <param name="GlobexAtAcme">Globex' row there.</param>
/// <param name="Source">Acme as Globex asks it.</param>
/// <param name="Acme">The owner's calendars, as the reader gets at them.</param>
internal sealed record LinkedPair(LinkedHosts Hosts, PeerId AcmeAtGlobex, PeerId GlobexAtAcme, PeerSource Source, UserName Reader, ConformanceWorld Acme)
{
    public static readonly string[] Shared = ["Stand-up", "Review"];

    public static readonly EntryQuery November = new()
    {
        App = CalendarApp.AppId,
        Range = new TimeRange(Instant.FromUtc(2026, 11, 1, 0, 0), Instant.FromUtc(2026, 12, 1, 0, 0)),
        Zone = "Europe/Zurich",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SourceEntries Entries => Hosts.Globex.Services.GetRequiredService<SourceEntries>();

    public MergedView View => Hosts.Globex.Services.GetRequiredService<MergedView>();

    /// <summary>A calendar of the owner's with two events, shared with the reader.</summary>
    public async Task<CollectionId> ShareAsync(Rights rights = Rights.Read)
    {
        var calendar = await Acme.CalendarAsync("Work", rights);
        await Acme.PutAsync(calendar, "one", Ics.Event("one", Shared[0], ":20261110T090000Z", ":20261110T100000Z"));
        await Acme.PutAsync(calendar, "two", Ics.Event("two", Shared[1], ":20261111T090000Z", ":20261111T100000Z"));
        return calendar;
    }

    /// <summary>A calendar of the reader's own with one event.</summary>
    public async Task AddLocalAsync()
    {
        var services = Hosts.Globex.Services;
        var calendar = await services.GetRequiredService<SqlCollections>().CreateAsync(Reader, CalendarApp.AppId, "Home", null, Cancel);
        var text = Ics.Event("own", "Dentist", ":20261112T090000Z", ":20261112T100000Z");
        var saved = await services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Reader, Groups: [])).SaveAsync(
            [new EntryWrite(calendar, Uid.Parse("own"), text, new Precondition.Absent())], Acme.NewDelivery(), Cancel);
        Assert.IsType<SaveOutcome.Saved>(Assert.Single(saved));
    }

    /// <summary>Everything that the reader's merged month says, with a guard against hanging.</summary>
    public async Task<Merge> AskAsync()
    {
        var updates = new List<MergeUpdate>();
        await foreach (var update in UpdatesAsync(Cancel))
            updates.Add(update);
        return new Merge(Assert.IsType<MergeUpdate.Asked>(updates[0]), [.. updates.Skip(1).Cast<MergeUpdate.Answered>()]);
    }

    public async IAsyncEnumerable<MergeUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var update in View.QueryAsync(Reader, November, guard.Token))
            yield return update;
    }
}

/// <summary>A merged month, whole.</summary>
internal sealed record Merge(MergeUpdate.Asked Asked, IReadOnlyList<MergeUpdate.Answered> Answers)
{
    /// <summary>What a peer came to; the local answer came before it and is complete.</summary>
    public MergeUpdate.Answered Peer(string domain)
    {
        Assert.True(Answers[0].Installation.IsOwn);
        Assert.Equal(["Dentist"], Titles(Answers[0]));
        Assert.Equal(SourceState.Live, Assert.Single(Answers[0].Sources).Status.State);
        return Answers.Skip(1).Single(answer => answer.Installation.Domain.Value == domain);
    }

    public static IEnumerable<string> Titles(MergeUpdate.Answered answer) => answer.Entries.Select(entry => entry.Summary.Title);
}
