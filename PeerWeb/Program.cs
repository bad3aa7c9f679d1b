using PeerWeb.Backups;
using PeerWeb.Cli;
using PeerWeb.Features.AddressBooks;
using PeerWeb.Features.Calendars;
using PeerWeb.Features.Notes;
using PeerWeb.Features.Search;
using PeerWeb.Features.Sharing;
using PeerWeb.Features.Todos;
using PeerWeb.Identity;
using PeerWeb.Identity.Setup;
using PeerWeb.PeerApi;
using PeerWeb.PeerApi.Entries;
using PeerWeb.PeerApi.Links;
using PeerWeb.PeerApi.Messages;
using PeerWeb.PeerApi.Methods;
using PeerWeb.PeerApi.Signing;
using PeerWeb.Shared;
using PeerWeb.Shared.Export;
using PeerWeb.Shell;
using PeerWeb.Shell.Measures;
using PeerWeb.Shell.Ready;

namespace PeerWeb;

public static class Program
{
    public static Task<int> Main(string[] args) => new CommandLine(Terminal.OfProcess()).RunAsync(args, CancellationToken.None);

    /// <summary>One installation, not yet started; nothing is shared between two in one process.</summary>
    /// <param name="settings">Configuration keys like <c>PeerWeb:DataDirectory</c>; they win over environment and files.</param>
    /// <param name="configure">What a command or a test changes in the host.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is wrong.</exception>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = HostSetup.CreateBuilder(settings);
        builder.Services
            .AddSettings(builder.Configuration)
            .AddListener()
            .AddIdentityStore()
            .AddSignIn()
            .AddFirstRun()
            .AddEntries()
            .AddBackups()
            .AddPeerLinks()
            .AddPeerEntries()
            .AddSharedPages()
            .AddCalendars()
            .AddAddressBooks()
            .AddTodos()
            .AddNotes()
            .AddSearch()
            .AddSharing(provider => async (name, cancellationToken) =>
                await provider.GetRequiredService<UserDirectory>().FindAsync(name.Value, cancellationToken) is not null)
            .AddHealth()
            .AddMetricsExport(builder.Configuration)
            .AddShell();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseMetricsExport();
        app.UseAnswerSigning();
        app.UseUnsignedBudgets();
        app.UseShell();
        app.MapHealth();
        app.MapAccount();
        app.MapContactPhotos();
        app.MapExports();
        app.MapPeerLinks();
        app.MapPeerEntries();
        app.MapPeerMessages();
        app.MapPeerMethods();
        app.MapShell();
        return app;
    }
}
