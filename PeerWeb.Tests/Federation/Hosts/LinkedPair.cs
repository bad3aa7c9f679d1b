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

    /// <summary>What is shared here; events where nothing is said.</summary>
    public AppSamples Samples { get; init; } = AppSamples.Calendar;

    /// <summary>What the app's page asks: a month of a calendar, a list of the others.</summary>
    public EntryQuery Query => Samples.App == November.App ? November : November with { App = Samples.App, Range = null };

    /// <summary>One of the owner's collections, as the reader names it.</summary>
    public SourceId SourceOf(CollectionId collection) => new(new Address(Acme.OwnerName, Domain.Parse(Hosts.Acme.Domain)), Samples.App, collection);

    public SourceEntries Entries => Hosts.Globex.Services.GetRequiredService<SourceEntries>();

    public MergedView View => Hosts.Globex.Services.GetRequiredService<MergedView>();

    /// <summary>A calendar of the owner's with two entries, shared with the reader.</summary>
    public async Task<CollectionId> ShareAsync(Rights rights = Rights.Read)
    {
        Acme.App = Samples.App;
        var calendar = await Acme.CollectionAsync("Work", rights);
        await Acme.PutAsync(calendar, "one", Samples.Of("one", Shared[0], 10));
        await Acme.PutAsync(calendar, "two", Samples.Of("two", Shared[1], 11));
        return calendar;
    }

    /// <summary>A calendar of the reader's own with one entry.</summary>
    public async Task AddLocalAsync()
    {
        var services = Hosts.Globex.Services;
        var calendar = await services.GetRequiredService<SqlCollections>().CreateAsync(Reader, Samples.App, "Home", null, Cancel);
        var text = Samples.Of("own", "Dentist", 12);
        var saved = await services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(Reader, Groups: [])).SaveAsync(
            [new EntryWrite(calendar, Uid.Parse("own"), text, new Precondition.Absent())], Acme.NewDelivery(), Cancel);
        Assert.IsType<SaveOutcome.Saved>(Assert.Single(saved));
    }

    /// <summary>Everything that the reader's merged month says, with a guard against hanging.</summary>
    public async Task<MergedMonth> AskAsync()
    {
        var updates = new List<MergeUpdate>();
        await foreach (var update in UpdatesAsync(Cancel))
            updates.Add(update);
        return new MergedMonth(Assert.IsType<MergeUpdate.Asked>(updates[0]), [.. updates.Skip(1).Cast<MergeUpdate.Answered>()]);
    }

    public async IAsyncEnumerable<MergeUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var update in View.QueryAsync(Reader, Query, guard.Token))
            yield return update;
    }
}

/// <summary>A merged month, whole.</summary>
internal sealed record MergedMonth(MergeUpdate.Asked Asked, IReadOnlyList<MergeUpdate.Answered> Answers)
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
