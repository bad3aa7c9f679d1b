using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <remarks>This part: the change feed.</remarks>
public abstract partial class EntrySourceConformance
{
    [Fact]
    public async Task Changes_come_in_pages_each_with_its_token()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync();
        for (var i = 0; i < 5; i++)
            await world.PutAsync(calendar, $"u{i}", Ics.Event($"u{i}", "Event", ":20261110T090000Z", ":20261110T100000Z"));

        var seen = new List<string>();
        SyncToken? token = null;
        ChangesAnswer.Page page;
        do
        {
            page = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(calendar, token, 2, Cancel));
            seen.AddRange(page.Changes.Select(change => change.Uid.Value));
            token = page.Token;
        }
        while (page.HasMore);
        Assert.Equal(["u0", "u1", "u2", "u3", "u4"], seen);
    }

    [Fact]
    public async Task A_token_that_is_not_ours_for_this_collection_is_gone_and_never_an_empty_delta()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync("One");
        var other = await world.CalendarAsync("Other");
        await world.PutAsync(other, "o", Ics.Event("o", "Other", ":20261110T090000Z", ":20261110T100000Z"));
        var foreign = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(other, null, 10, Cancel)).Token;
        var own = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(calendar, null, 10, Cancel)).Token;
        var forged = SyncToken.Parse("1.0." + own.Value.Split('.')[2][..^1] + (own.Value.EndsWith('A') ? 'B' : 'A'));

        foreach (var token in new[] { foreign, forged, SyncToken.Parse("nonsense"), SyncToken.Parse("1.99999999.abc") })
            Assert.IsType<ChangesAnswer.TokenGone>(await world.Source.ChangesAsync(calendar, token, 10, Cancel));
    }

    [Fact]
    public async Task A_token_from_before_the_rights_changed_is_gone()
    {
        await using var world = await CreateWorldAsync();
        var calendar = await world.CalendarAsync(granted: Rights.None);
        var narrow = await world.GrantAsync(calendar, Rights.Read);
        var token = Assert.IsType<ChangesAnswer.Page>(await world.Source.ChangesAsync(calendar, null, 10, Cancel)).Token;
        await world.RevokeAsync(narrow);
        Assert.IsType<ChangesAnswer.NotFound>(await world.Source.ChangesAsync(calendar, token, 10, Cancel));
        await world.GrantAsync(calendar, Rights.Read | Rights.Edit);

        Assert.IsType<ChangesAnswer.TokenGone>(await world.Source.ChangesAsync(calendar, token, 10, Cancel));
    }
}
