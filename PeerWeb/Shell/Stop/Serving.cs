namespace PeerWeb.Shell.Stop;

/// <summary>Serves an installation until it is told to end, and ends it so that nothing is lost: pages hear of it, requests that came are answered, loops end, databases close.</summary>
internal static class Serving
{
    /// <summary>From the last word to the end; requests that are not through by then are cut off.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    /// <summary>Signals are the command line's: the framework's own lifetime would cut the pages off with the first one, before they are told.</summary>
    public static void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IHostLifetime, ServedLifetime>();

    /// <param name="started">When the listener is open.</param>
    /// <param name="until">Ends, or is cancelled, when the installation is to end.</param>
    public static async Task RunAsync(WebApplication installation, Action started, Func<CancellationToken, Task> until, CancellationToken cancellationToken)
    {
        await installation.StartAsync(cancellationToken);
        started();
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, installation.Lifetime.ApplicationStopping))
            await until(ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await installation.Services.GetRequiredService<Farewell>().SayAsync();
        await installation.StopAsync(CancellationToken.None);
    }
}

/// <summary>Says when the installation serves and when it ends; hears no signals.</summary>
internal sealed partial class ServedLifetime(IHostApplicationLifetime lifetime, ILogger<ServedLifetime> logger) : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Started(logger));
        lifetime.ApplicationStopping.Register(() => Stopping(logger));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Application started. Press Ctrl+C to shut down.")]
    private static partial void Started(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Application is shutting down: requests that came are answered, new ones are not taken")]
    private static partial void Stopping(ILogger logger);
}
