using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Storage;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>An owner with collections of one app, and a reader who gets at them through the store under test and only by grants.</summary>
/// <param name="services">The owner's installation: a bare database or a whole host.</param>
/// <param name="owner">Somebody whom no other test uses.</param>
/// <param name="reader">Who the grants name.</param>
/// <param name="source">The store under test, as callers get it for the reader.</param>
/// <param name="granted">What follows on a grant at the reader's installation.</param>
public sealed class ConformanceWorld(
    IServiceProvider services, UserName owner, Principal reader, IEntrySource source, IAsyncDisposable? more = null,
    Func<StoredGrant, Task>? granted = null) : IAsyncDisposable
{
    private readonly SqlCollections _collections = services.GetRequiredService<SqlCollections>();
    private readonly SqlGrants _grants = services.GetRequiredService<SqlGrants>();
    private readonly Guid _id = Guid.NewGuid();

    private int _deliveries;

    public UserName OwnerName { get; } = owner;

    public IEntrySource Source { get; } = source;

    public IEntryStore Owner { get; } = services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(owner, Groups: []));

    /// <summary>The store under test where it can be written to.</summary>
    public IEntryStore Store => Source as IEntryStore ?? throw new InvalidOperationException("This store is read only.");

    public PeerWebContext NewContext() => services.GetRequiredService<IDbContextFactory<PeerWebContext>>().CreateDbContext();

    /// <summary>The app whose collections these are; calendars where nothing is said.</summary>
    public AppId App { get; set; } = CalendarApp.AppId;

    public Task<CollectionId> CalendarAsync(string name = "Work", Rights granted = Rights.Read) => CollectionAsync(name, granted);

    public async Task<CollectionId> CollectionAsync(string name = "Work", Rights granted = Rights.Read)
    {
        var id = await _collections.CreateAsync(OwnerName, App, name, "#336699", TestContext.Current.CancellationToken);
        if (granted != Rights.None)
            await GrantAsync(id, granted);
        return id;
    }

    /// <summary>Gives the reader a grant where there is none; what the reader's installation makes of it is done when this returns.</summary>
    public async Task<GrantId> GrantAsync(CollectionId? collection, Rights rights)
    {
        await ChangeAsync(new GrantChange(App, collection, reader, rights, Rights.None, Version: 0));
        var stored = (await GrantsAsync()).Single(one => one.Grant.Collection == collection && one.Grant.Principal == reader);
        if (granted is not null)
            await granted(stored);
        return stored.Grant.Id;
    }

    public async Task RevokeAsync(GrantId grant)
    {
        var stored = (await GrantsAsync()).Single(one => one.Grant.Id == grant);
        await ChangeAsync(new GrantChange(App, stored.Grant.Collection, reader, Rights.None, Rights.All, stored.Version));
    }

    private Task<IReadOnlyList<StoredGrant>> GrantsAsync() => _grants.ListAsync(OwnerName, App, TestContext.Current.CancellationToken);

    private async Task ChangeAsync(GrantChange change) =>
        Assert.IsType<GrantOutcome.Saved>(Assert.Single(await _grants.SaveAsync(OwnerName, [change], TestContext.Current.CancellationToken)));

    /// <summary>The owner saves new entries; all must be saved.</summary>
    public async Task<ETag> PutAsync(CollectionId collection, string uid, string text, ETag? replaces = null)
    {
        Precondition precondition = replaces is { } etag ? new Precondition.Match(etag) : new Precondition.Absent();
        var outcomes = await Owner.SaveAsync([new EntryWrite(collection, Uid.Parse(uid), text, precondition)], NewDelivery(), TestContext.Current.CancellationToken);
        return Assert.IsType<SaveOutcome.Saved>(Assert.Single(outcomes)).ETag;
    }

    public async Task RemoveAsync(CollectionId collection, string uid, ETag etag) => Assert.IsType<SaveOutcome.Deleted>(
        await Owner.DeleteAsync(new EntryRemoval(collection, Uid.Parse(uid), etag), NewDelivery(), TestContext.Current.CancellationToken));

    public Delivery NewDelivery() => new("test", $"{_id:N}-{++_deliveries:D8}", new string('0', 64));

    public ValueTask DisposeAsync() => more?.DisposeAsync() ?? ValueTask.CompletedTask;
}
