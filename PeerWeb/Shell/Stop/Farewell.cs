using System.Collections.Concurrent;

namespace PeerWeb.Shell.Stop;

/// <summary>The server's last words: open pages hear that it stops while their connection still stands, and <c>/health/ready</c> says so.</summary>
public sealed class Farewell(TimeProvider time)
{
    /// <summary>A browser that does not listen holds nobody up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<object, Func<Task>> _pages = new();
    private volatile bool _isSaid;

    public bool IsSaid => _isSaid;

    /// <param name="told">Called at most once; what it throws is its own.</param>
    /// <returns>Ends the listening.</returns>
    public IDisposable Listen(Func<Task> told)
    {
        var listener = new Listener(this);
        _pages[listener] = told;
        return listener;
    }

    /// <summary>Tells all pages at once, and returns when they have heard it, or after a second.</summary>
    public async Task SayAsync()
    {
        _isSaid = true;
        var told = Task.WhenAll(_pages.Values.Select(TellAsync));
        await Task.WhenAny(told, Task.Delay(Longest, time));
    }

    private static async Task TellAsync(Func<Task> told)
    {
        await Task.Yield();
        await told().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class Listener(Farewell farewell) : IDisposable
    {
        public void Dispose() => farewell._pages.TryRemove(this, out _);
    }
}

internal static class FarewellSetup
{
    /// <summary>A page that lost its connection asks for another at once: one that came after all were closed would hold up the stop until its time is over.</summary>
    public static IApplicationBuilder UseFarewell(this IApplicationBuilder app)
    {
        var farewell = app.ApplicationServices.GetRequiredService<Farewell>();
        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        return app.Use((HttpContext context, RequestDelegate next) =>
        {
            if (!context.Request.Path.StartsWithSegments("/_blazor") || (!farewell.IsSaid && !lifetime.ApplicationStopping.IsCancellationRequested))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            return Task.CompletedTask;
        });
    }
}
