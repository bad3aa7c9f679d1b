using Microsoft.Extensions.Time.Testing;
using PeerWeb.Core.Federation.Budgets;
using Xunit;

namespace PeerWeb.Tests.Federation.Budgets;

public sealed class PeerBudgetTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_minutes_requests_are_there_at_once_and_come_back_evenly()
    {
        var budget = new PeerBudget(new PeerBudgetOptions { RequestsPerMinute = 6 }, _clock);

        Assert.All(Enumerable.Range(0, 6), _ => Assert.True(budget.TryTake(0, out var none) && none == TimeSpan.Zero));
        Assert.False(budget.TryTake(0, out var wait));
        Assert.Equal(10, wait.TotalSeconds, 3);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(budget.TryTake(0, out _));
        _clock.Advance(TimeSpan.FromSeconds(1.001));
        Assert.True(budget.TryTake(0, out _));
        Assert.False(budget.TryTake(0, out _));
    }

    [Fact]
    public void An_hour_of_silence_saves_up_no_more_than_a_minute()
    {
        var budget = new PeerBudget(new PeerBudgetOptions { RequestsPerMinute = 2 }, _clock);
        Assert.True(budget.IsFull);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => budget.TryTake(0, out var _)));
        Assert.False(budget.IsFull);
    }

    [Fact]
    public void Bytes_of_an_answer_may_go_into_debt_and_are_waited_for()
    {
        var budget = new PeerBudget(new PeerBudgetOptions { BytesPerMinute = 600 }, _clock);
        Assert.True(budget.TryTake(100, out _));
        budget.Spend(1100);

        Assert.False(budget.TryTake(0, out var wait));
        Assert.InRange(wait.TotalSeconds, 60, 60.2);
        _clock.Advance(wait);
        Assert.True(budget.TryTake(0, out _));
    }

    [Fact]
    public void One_peers_spending_is_not_anothers()
    {
        var budgets = new PeerBudgets(new PeerBudgetOptions { RequestsPerMinute = 1 }, _clock);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.True(budgets.Of(one).TryTake(0, out _));
        Assert.False(budgets.Of(one).TryTake(0, out _));
        Assert.True(budgets.Of(other).TryTake(0, out _));
    }
}
