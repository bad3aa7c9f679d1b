using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using PeerWeb.Shell.Circuits;
using PeerWeb.Tests.Identity;
using Xunit;

namespace PeerWeb.Tests.Shell.Circuits;

public sealed class CircuitSeatTests
{
    private readonly CircuitSeats seats = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_eleventh_waits_for_one_of_ten_to_leave_and_other_users_do_not_notice()
    {
        var ten = new List<CircuitSeat>();
        for (var i = 0; i < CircuitSeats.PerUser; i++)
            ten.Add(await UpAsync("ada"));
        Assert.All(ten, seat => Assert.False(seat.IsRefused));
        var eleventh = await UpAsync("ada");
        var twelfth = await UpAsync("ada");
        var changes = 0;
        eleventh.Changed += () => changes++;
        Assert.Equal((true, true, false), (eleventh.IsRefused, twelfth.IsRefused, (await UpAsync("bob")).IsRefused));

        await ten[3].OnConnectionDownAsync(NoCircuit, Cancel);
        Assert.Equal((1, 1), (changes, new[] { eleventh, twelfth }.Count(seat => seat.IsRefused)));
        Assert.All(ten, seat => Assert.False(seat.IsRefused));
        // Back from a lost connection, it is one too many, until another goes for good.
        await UpAsync("ada", ten[3]);
        Assert.True(ten[3].IsRefused);
        ten[4].Dispose();
        ten[5].Dispose();
        Assert.False(ten[3].IsRefused);
        Assert.False(twelfth.IsRefused);
    }

    [Fact]
    public async Task A_seat_is_given_back_once_however_often_its_circuit_ends()
    {
        var seat = await UpAsync("ada");
        for (var i = 0; i < CircuitSeats.PerUser; i++)
            Assert.Equal(i < CircuitSeats.PerUser - 1, seats.TryTake("ada"));

        await seat.OnConnectionDownAsync(NoCircuit, Cancel);
        await seat.OnConnectionDownAsync(NoCircuit, Cancel);
        seat.Dispose();

        Assert.True(seats.TryTake("ada"));
        Assert.False(seats.TryTake("ada"));
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_seat()
    {
        for (var i = 0; i < CircuitSeats.PerUser; i++)
            Assert.True(seats.TryTake("ada"));
        var gone = await UpAsync("ada");
        await gone.OnConnectionDownAsync(NoCircuit, Cancel);

        seats.Leave("ada");

        Assert.True(seats.TryTake("ada"));
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_ten_get_a_seat()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => UpAsync("ada"), Cancel)));

        Assert.Equal(CircuitSeats.PerUser, all.Count(seat => !seat.IsRefused));
        await Task.WhenAll(all.Select(seat => Task.Run(seat.Dispose, Cancel)));
        Assert.All(Enumerable.Range(0, CircuitSeats.PerUser), _ => Assert.True(seats.TryTake("ada")));
        Assert.False(seats.TryTake("ada"));
    }

    /// <summary>The framework makes them; a seat looks at none.</summary>
    private static Circuit NoCircuit { get; } = (Circuit)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(Circuit));

    private async Task<CircuitSeat> UpAsync(string user, CircuitSeat? seat = null)
    {
        seat ??= new CircuitSeat(seats, new Signed(user));
        await seat.OnConnectionUpAsync(NoCircuit, Cancel);
        return seat;
    }

    private sealed class Signed(string user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(SessionTests.Principal(user, Guid.Empty, "stamp")));
    }
}
