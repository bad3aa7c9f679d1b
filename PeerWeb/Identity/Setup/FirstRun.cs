using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using PeerWeb.Shell;

namespace PeerWeb.Identity.Setup;

/// <summary>Whether anybody can sign in yet. Users are never deleted, so once one was seen nobody asks the database again.</summary>
public sealed class FirstRun(UserDirectory users, SetupCode code)
{
    public const string Path = "/setup";

    private volatile bool _isOver;

    public async ValueTask<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
            return true;
        if (!await users.AnyAsync(cancellationToken))
            return false;
        _isOver = true;
        code.Forget();
        return true;
    }
}

internal static class FirstRunSetup
{
    /// <summary>Goes after the identity store.</summary>
    public static IServiceCollection AddFirstRun(this IServiceCollection services) =>
        services.AddSingleton<SetupCode>().AddSingleton<FirstRun>()
            .AddSingleton(provider => new SetupFacts(provider.GetRequiredService<IOptions<PeerWebOptions>>(), provider.GetRequiredService<DataDirectory>(),
                provider.GetRequiredService<SigningKeyStore>(), provider.GetRequiredService<DatabaseChoice>()))
           .AddHostedService<FirstRunStart>();

    /// <summary>Until there is a user every page leads to <see cref="FirstRun.Path"/>; from then on that is no page. Goes right after routing.</summary>
    public static IApplicationBuilder UseFirstRun(this IApplicationBuilder app) => app.Use(async (HttpContext context, RequestDelegate next) =>
    {
        var firstRun = context.RequestServices.GetRequiredService<FirstRun>();
        if (context.Request.Path == FirstRun.Path)
        {
            // Without its endpoint it is any unknown page, to strangers and to users.
            if (await firstRun.IsOverAsync(context.RequestAborted))
                context.SetEndpoint(null);
        }
        else if (IsPage(context) && !await firstRun.IsOverAsync(context.RequestAborted))
        {
            context.Response.Redirect(FirstRun.Path);
            return;
        }
        await next(context);
    });

    // What is for anyone (assets, the page that shows a failure) stays so, but for the sign-in, which leads nowhere yet.
    private static bool IsPage(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && StatusPages.IsForPeople(context.Request)
        && (context.Request.Path == IdentitySetup.LoginPath || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null);
}

/// <summary>With the server, not with a command: the code is there before the listener opens.</summary>
internal sealed class FirstRunStart(FirstRun firstRun, SetupCode code) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await firstRun.IsOverAsync(cancellationToken))
            await code.EnsureAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
