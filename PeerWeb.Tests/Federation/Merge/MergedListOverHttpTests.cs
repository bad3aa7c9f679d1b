using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Merge;

/// <summary>Two whole installations: what a page does with a list and a search.</summary>
public sealed class MergedListOverHttpTests(LinkedHosts hosts) : IClassFixture<LinkedHosts>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_over_two_installations_is_scrolled_changed_and_searched()
    {
        var pair = await hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        await pair.AddLocalAsync();
        await pair.Acme.PutAsync(calendar, "three", Ics.Event("three", "Äpfel", ":20261112T120000Z", ":20261112T130000Z"));
        await using var list = pair.View.Open(pair.Reader, new EntryQuery { App = CalendarApp.AppId, Sort = EntrySort.Title }, pageSize: 2);

        var snapshot = await HandMadeWorld.FirstAsync(list);
        Assert.Equal(["Äpfel", "Dentist", "Review"], HandMadeWorld.Titles(snapshot));
        Assert.True(snapshot.HasMore);
        snapshot = await HandMadeWorld.MoreAsync(list);
        Assert.Equal(["Äpfel", "Dentist", "Review", "Stand-up"], HandMadeWorld.Titles(snapshot));
        Assert.False(snapshot.HasMore);
        Assert.Equal([true, false], snapshot.Installations.Select(one => one.IsOwn));

        await pair.Acme.PutAsync(calendar, "four", Ics.Event("four", "Lunch", ":20261112T120000Z", ":20261112T130000Z"));
        await list.RefreshAsync(Domain.Parse(hosts.Acme.Domain), Cancel);
        Assert.Equal(["Äpfel", "Dentist", "Lunch", "Review", "Stand-up"], HandMadeWorld.Titles(list.Current));

        var search = new MergedSearch(pair.View, hosts.Globex.Services.GetRequiredService<AppRegistry>());
        var last = new SearchSnapshot([], IsComplete: false);
        await foreach (var found in search.SearchAsync(pair.Reader, "e", Cancel))
            last = found;
        Assert.Equal(["Äpfel", "Dentist", "Review"], last.Groups.Single(group => group.App == CalendarApp.AppId).Entries.Select(entry => entry.Summary.Title));
    }
}
