using Bunit;
using Fluxor;
using Fluxor.Blazor.Web.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace PeerWeb.Tests.Flux;

public sealed class FluxorComponentTests
{
    [Fact]
    public async Task A_component_rerenders_for_its_states_until_it_is_disposed()
    {
        await using var context = new BunitContext();
        context.Services.AddFluxor(flux => flux.ScanTypes(typeof(Counter), typeof(CounterReducers)));
        var shown = context.Render<Display>();
        var dispatcher = context.Services.GetRequiredService<IDispatcher>();
        var cancellation = Xunit.TestContext.Current.CancellationToken;

        await Task.Run(() => dispatcher.Dispatch(new Increment(4)), cancellation);
        await shown.WaitForStateAsync(() => shown.Markup == "4");
        var renders = shown.RenderCount;
        await shown.Instance.DisposeAsync();
        dispatcher.Dispatch(new Increment(1));
        Assert.Equal(renders, shown.RenderCount);
    }

    internal sealed class Display(IState<Counter> state) : FluxorComponent
    {
        private IState<Counter> State { get; } = state;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, State.Value.Count);
    }
}
