using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Sync;
using Xunit;

namespace PeerWeb.Tests.Peers;

public sealed class UnreliableWireTests : SiteTests
{
    [Fact]
    public async Task Messages_that_arrive_twice_have_one_effect()
    {
        Net.Doubles = true;

        await Acme.LinkWithAsync(Globex);

        Assert.Single(await Globex.Book.ListAsync(Ct));
    }

    [Fact]
    public async Task A_lost_answer_is_made_up_for_by_a_repeat_with_the_same_key()
    {
        await Acme.LinkWithAsync(Globex);
        Net.LosesAnswers = true;
        await Acme.Links.SuspendAsync((await Acme.PeerAsync()).Id, Ct);
        await Acme.DrainAsync();
        Assert.Equal("suspended", await Globex.StateAsync());

        Net.LosesAnswers = false;
        Time.Advance(TimeSpan.FromSeconds(5));
        await Acme.DrainAsync();

        var repeats = Net.Carried.Where(message => message.Kind == LinkMessageKinds.Suspend).ToList();
        Assert.Equal(2, repeats.Count);
        Assert.Single(repeats.Select(message => message.IdempotencyKey).Distinct());
        Assert.DoesNotContain(await Acme.Store.RecentAsync(10, Ct), message => message.State == MessageState.Waiting);
    }

    [Fact]
    public async Task A_straggler_from_before_a_resume_does_not_suspend_again()
    {
        await Acme.LinkWithAsync(Globex);
        var id = (await Acme.PeerAsync()).Id;
        await Acme.Links.SuspendAsync(id, Ct);
        await Acme.DrainAsync();
        await Acme.Links.ResumeAsync(id, Ct);
        await Acme.DrainAsync();

        var straggler = Net.Carried.Single(message => message.Kind == LinkMessageKinds.Suspend);
        Assert.IsType<SendOutcome.Delivered>(await Net.DeliverAsync(Acme.Home, Globex.Home.Domain, straggler, Ct));

        Assert.Equal("active", await Globex.StateAsync());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_changes_nothing()
    {
        await Acme.LinkWithAsync(Globex);
        var peer = await Globex.PeerAsync();
        await Globex.Received.ReceiveAsync(peer.Id, new LinkMessage.Suspend(await Names.OfAsync(Acme)), new Receipt("0123456789abcdef", "aa"), Ct);

        var outcome = await Globex.Received.ReceiveAsync(peer.Id, new LinkMessage.Resume(await Names.OfAsync(Acme)), new Receipt("0123456789abcdef", "bb"), Ct);

        Assert.IsType<ReceiveOutcome.KeyReused>(outcome);
        Assert.Equal("suspended", await Globex.StateAsync());
    }

    /// <summary>Whatever both admins do and whatever the wire loses or doubles: once it works and all is sent, the two sides agree.</summary>
    [Fact]
    public async Task Both_sides_agree_once_everything_has_arrived() =>
        await Gen.Frequency((12, Gen.Int[0, 5]), (1, Gen.Const(6)), (6, Gen.Int[7, 9])).Array[4, 20].ForAllAsync(
            async steps =>
            {
                var net = new Internet();
                var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
                using var acme = new Site("acme.example", net, time);
                using var globex = new Site("globex.example", net, time);
                await acme.LinkWithAsync(globex);
                foreach (var step in steps)
                    await TakeAsync(step, acme, globex, net, time);
                (net.IsDown, net.Doubles, net.LosesAnswers) = (false, false, false);
                for (var i = 0; i < 2; i++)
                {
                    time.Advance(TimeSpan.FromHours(1));
                    await acme.DrainAsync();
                    await globex.DrainAsync();
                }
                var (a, g) = ((await acme.Book.ListAsync(Ct)).Single().Facts, (await globex.Book.ListAsync(Ct)).Single().Facts);
                return a.State == g.State
                    && (a.State == LinkState.Revoked
                        || ((a.SuspendedHere is null) == (g.SuspendedThere is null) && (a.SuspendedThere is null) == (g.SuspendedHere is null)));
            },
            cases: 25);

    private static async Task TakeAsync(int step, Site acme, Site globex, Internet net, FakeTimeProvider time)
    {
        var (a, g) = ((await acme.Book.ListAsync(Ct)).Single().Id, (await globex.Book.ListAsync(Ct)).Single().Id);
        await (step switch
        {
            0 => acme.Links.SuspendAsync(a, Ct),
            1 => acme.Links.ResumeAsync(a, Ct),
            2 => globex.Links.SuspendAsync(g, Ct),
            3 => globex.Links.ResumeAsync(g, Ct),
            4 => acme.DrainAsync(),
            5 => globex.DrainAsync(),
            6 => acme.Links.RevokeAsync(a, Ct),
            _ => Task.CompletedTask,
        });
        (net.IsDown, net.Doubles, net.LosesAnswers) = (step == 7, step == 8, step == 9);
        time.Advance(TimeSpan.FromSeconds(7.001));
    }
}
