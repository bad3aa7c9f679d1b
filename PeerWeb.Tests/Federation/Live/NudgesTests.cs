using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Live;

/// <summary>Who is nudged: the guard of a whole installation decides, a recorder is in the place of the wire.</summary>
public sealed class NudgesTests : IClassFixture<LinkedHosts>, IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);

    private readonly LinkedHosts _hosts;
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<(PeerId Peer, WireNudge Nudge)> _sent = Channel.CreateUnbounded<(PeerId, WireNudge)>();
    private readonly Leases _leases;
    private readonly LeaseGuard _guard;
    private readonly Nudges _nudges;
    private Func<Task> _onSend = () => Task.CompletedTask;

    public NudgesTests(LinkedHosts hosts)
    {
        _hosts = hosts;
        _leases = new Leases(_time);
        _guard = ActivatorUtilities.CreateInstance<LeaseGuard>(hosts.Acme.Services, _leases);
        _nudges = new Nudges(_leases, _guard, SendAsync, _time, NullLogger<Nudges>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _nudges.DisposeAsync();

    [Fact]
    public async Task Without_a_lease_nobody_is_nudged()
    {
        var pair = await _hosts.LinkAsync();
        var (leased, other) = (await pair.ShareAsync(), await pair.ShareAsync());
        await LeaseAsync(pair, leased);

        _nudges.Announce(other);
        _nudges.Announce(leased);

        Assert.Equal((pair.GlobexAtAcme, leased.ToString()), await NextAsync());
    }

    [Fact]
    public async Task After_a_revoke_nothing_more_is_told_though_the_lease_still_ran()
    {
        var pair = await _hosts.LinkAsync();
        var stays = await pair.ShareAsync();
        var ends = await pair.Acme.CalendarAsync("Ends", Rights.None);
        var grant = await pair.Acme.GrantAsync(ends, Rights.Read);
        await LeaseAsync(pair, ends, stays);
        _nudges.Announce(ends);
        Assert.Equal((pair.GlobexAtAcme, ends.ToString()), await NextAsync());

        await pair.Acme.RevokeAsync(grant);
        _time.Advance(NudgeLane.Rest);
        _nudges.Announce(ends);
        _nudges.Announce(stays);

        Assert.Equal((pair.GlobexAtAcme, stays.ToString()), await NextAsync());
        Assert.Empty(_leases.PeersOf(ends));
    }

    [Fact]
    public async Task A_suspended_link_is_told_nothing()
    {
        var pair = await _hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        await LeaseAsync(pair, calendar);

        await LinkedHosts.ChangeLinkAsync(_hosts.Acme, pair.GlobexAtAcme, (facts, now) => facts with { SuspendedHere = now });

        Assert.Empty(await _guard.StillReadAsync(pair.GlobexAtAcme, [calendar], Cancel));
        Assert.Empty(_leases.PeersOf(calendar));
    }

    [Fact]
    public async Task One_reader_who_lost_access_takes_no_nudge_from_another()
    {
        var pair = await _hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        _leases.TryGive(new Lease(new Actor.Remote(pair.GlobexAtAcme, UserName.Parse("gone"), []), Core.Calendars.CalendarApp.AppId, calendar));
        await LeaseAsync(pair, calendar);

        _nudges.Announce(calendar);

        Assert.Equal((pair.GlobexAtAcme, calendar.ToString()), await NextAsync());
        Assert.Equal([pair.Reader], _leases.Of(pair.GlobexAtAcme, calendar).Select(lease => lease.Holder.Name));
    }

    [Fact]
    public async Task A_nudge_that_fails_is_dropped_and_the_next_change_is_told_all_the_same()
    {
        var pair = await _hosts.LinkAsync();
        var calendar = await pair.ShareAsync();
        await LeaseAsync(pair, calendar);
        _onSend = () => throw new PeerUnavailableException(UnavailableReason.CircuitOpen, "Away.");
        _nudges.Announce(calendar);
        await NextAsync();

        _onSend = () => Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(5));
        _nudges.Announce(calendar);

        Assert.Equal((pair.GlobexAtAcme, calendar.ToString()), await NextAsync());
    }

    private async Task LeaseAsync(LinkedPair pair, params CollectionId[] collections) =>
        Assert.Equal(collections, await _guard.GiveAsync(new Actor.Remote(pair.GlobexAtAcme, pair.Reader, []), collections, Cancel));

    private async Task<(PeerId Peer, string Collections)> NextAsync()
    {
        var (peer, nudge) = await _sent.Reader.ReadAsync(Cancel).AsTask().WaitAsync(HangGuard, Cancel);
        return (peer, string.Join(' ', nudge.Collections));
    }

    private Task SendAsync(PeerId peer, WireNudge nudge, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite((peer, nudge));
        return _onSend();
    }
}
