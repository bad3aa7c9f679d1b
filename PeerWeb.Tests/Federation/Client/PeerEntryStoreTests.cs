using PeerWeb.Core.Calendars;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using Refit;
using Xunit;

namespace PeerWeb.Tests.Federation.Client;

public sealed class PeerEntryStoreTests
{
    [Fact]
    public async Task A_call_that_its_caller_gives_up_ends_as_given_up_and_not_as_a_broken_answer()
    {
        using var client = new HttpClient(new Silent()) { BaseAddress = new Uri("http://acme.example") };
        var store = new PeerEntryStore(RestService.For<IPeerApi>(client), ActorField.Create("sam"), TimeSpan.FromSeconds(2));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var call = store.ListCollectionsAsync(CalendarApp.AppId, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    /// <summary>Takes requests and answers none.</summary>
    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Nobody waits for ever.");
        }
    }
}
