using System.Net;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Entries;
using PeerWeb.Tests.Federation.Client.Http;
using Xunit;

namespace PeerWeb.Tests.Federation;

public sealed class PatientStoreTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedStore _peer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_budget_is_spent_ours_or_theirs_it_waits_and_asks_again(bool isOurs)
    {
        Exception spent = isOurs
            ? new PeerUnavailableException(UnavailableReason.BudgetSpent, "Asked too often.")
            : new PeerRefusedException(HttpStatusCode.TooManyRequests, PeerProblems.TooManyRequests, "Slow down.");
        _peer.Fails(spent, times: 3);
        var started = _clock.GetUtcNow();

        Assert.Empty(await _clock.RunAsync(new PatientStore(_peer, _clock).ListCollectionsAsync(CalendarApp.AppId, Cancellation)));

        Assert.Equal(4, _peer.Calls);
        Assert.InRange(_clock.GetUtcNow() - started, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_and_says_why()
    {
        _peer.Fails(new PeerUnavailableException(UnavailableReason.BudgetSpent, "Asked too often."), times: int.MaxValue);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => _clock.RunAsync(new PatientStore(_peer, _clock).ListCollectionsAsync(CalendarApp.AppId, Cancellation)));

        Assert.Equal(41, _peer.Calls);
    }

    [Fact]
    public async Task What_is_no_question_of_budget_ends_it_at_once()
    {
        _peer.Fails(new PeerUnavailableException(UnavailableReason.NotConnected, "Nobody is there."), times: 1);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => new PatientStore(_peer, _clock).ListCollectionsAsync(CalendarApp.AppId, Cancellation));

        Assert.Equal(1, _peer.Calls);
    }

    [Fact]
    public async Task Who_gives_up_while_it_waits_does_not_wait_on()
    {
        _peer.Fails(new PeerUnavailableException(UnavailableReason.BudgetSpent, "Asked too often."), times: int.MaxValue);
        using var left = new CancellationTokenSource();

        var asking = new PatientStore(_peer, _clock).ListCollectionsAsync(CalendarApp.AppId, left.Token);
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(1, _peer.Calls);
    }

    [Fact]
    public async Task A_portion_that_had_to_wait_is_asked_for_anew_and_the_others_are_not()
    {
        var uids = Enumerable.Range(0, 45).Select(number => Uid.Parse($"u{number}")).ToList();
        foreach (var uid in uids)
            _peer.Put(uid, "x");
        _peer.FailsAt(2, new PeerUnavailableException(UnavailableReason.BudgetSpent, "Asked too often."));

        var found = await _clock.RunAsync(new PatientStore(_peer, _clock).ReadAsync(ScriptedStore.Only, uids, Cancellation));

        Assert.Equal(uids, found.Select(entry => entry.Uid));
        Assert.Equal([20, 20, 20, 5], _peer.Portions);
    }
}
