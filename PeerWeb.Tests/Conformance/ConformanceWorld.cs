using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Storage;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>An owner with calendars, and a reader who gets at them through the store under test and only by grants.</summary>
/// <param name="reader">Who the grants name.</param>
/// <param name="source">The store under test, as callers get it for the reader.</param>
public sealed class ConformanceWorld(TestDatabase database, Principal reader, IEntrySource source, IAsyncDisposable? more = null) : IAsyncDisposable
{
    public static readonly UserName OwnerName = UserName.Parse("ada");

    private int _deliveries;

    public TestDatabase Database { get; } = database;

    public IEntrySource Source { get; } = source;

    public IEntryStore Owner { get; } = database.StoreOf(OwnerName.Value);

    /// <summary>The store under test where it can be written to.</summary>
    public IEntryStore Store => Source as IEntryStore ?? throw new InvalidOperationException("This store is read only.");

    public async Task<CollectionId> CalendarAsync(string name = "Work", Rights granted = Rights.Read)
    {
        var id = await Database.Collections.CreateAsync(OwnerName, CalendarApp.AppId, name, "#336699", TestContext.Current.CancellationToken);
        if (granted != Rights.None)
            await GrantAsync(id, granted);
        return id;
    }

    public async Task<GrantId> GrantAsync(CollectionId? collection, Rights rights) =>
        await Database.Grants.GiveAsync(OwnerName, CalendarApp.AppId, collection, reader, rights, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("There is such a grant.");

    public Task<bool> RevokeAsync(GrantId grant) => Database.Grants.RevokeAsync(OwnerName, grant, TestContext.Current.CancellationToken);

    /// <summary>The owner saves new entries; all must be saved.</summary>
    public async Task<ETag> PutAsync(CollectionId collection, string uid, string text, ETag? replaces = null)
    {
        Precondition precondition = replaces is { } etag ? new Precondition.Match(etag) : new Precondition.Absent();
        var outcomes = await Owner.SaveAsync([new EntryWrite(collection, Uid.Parse(uid), text, precondition)], NewDelivery(), TestContext.Current.CancellationToken);
        return Assert.IsType<SaveOutcome.Saved>(Assert.Single(outcomes)).ETag;
    }

    public async Task RemoveAsync(CollectionId collection, string uid, ETag etag) => Assert.IsType<SaveOutcome.Deleted>(
        await Owner.DeleteAsync(new EntryRemoval(collection, Uid.Parse(uid), etag), NewDelivery(), TestContext.Current.CancellationToken));

    public Delivery NewDelivery() => new("test", $"delivery-{++_deliveries:D8}", new string('0', 64));

    public async ValueTask DisposeAsync()
    {
        if (more is not null)
            await more.DisposeAsync();
        await Database.DisposeAsync();
    }
}
