using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Tests.Features.Calendars.Edit;

/// <summary>A desk on its own, with the dialogs that it opens.</summary>
public abstract class DeskContext : BunitContext
{
    private readonly Asking _asking = new();

    protected DeskContext()
    {
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(_asking.Queries);
        Services.AddScoped<DraftBrowser>();
        AddAuthorization().SetAuthorized("ada");
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    protected FakeTimeProvider Clock { get; } = Events.NewClock();

    /// <summary>How often something was written.</summary>
    protected int Written { get; private set; }

    private protected Writing Writing => _asking.Writing;

    private protected IRenderedComponent<MudDialogProvider>? Dialogs { get; private set; }

    private protected IRenderedComponent<EventDesk> Desk(params Source[] sources)
    {
        Dialogs = Render<MudDialogProvider>();
        var scene = Events.Scene(sources);
        return Render<EventDesk>(parameters => parameters
            .Add(desk => desk.Installations, scene.Installations)
            .Add(desk => desk.Sources, scene.Sources)
            .Add(desk => desk.Colors, scene.Colors)
            .Add(desk => desk.Zone, scene.Zone)
            .Add(desk => desk.OnWritten, () => Written++));
    }

    /// <summary>The dialog of the event, once it is read.</summary>
    private protected IRenderedComponent<MudDialogProvider> Open(Source source, string text = Events.Review, string? recurrenceId = null)
    {
        Writing.Put(source, Events.Uid, text);
        var desk = Desk(source == Merged.Mine ? [source] : [Merged.Mine, source]);
        var opening = desk.InvokeAsync(() => desk.Instance.OpenAsync(Events.Shown(source, recurrenceId)));
        var dialogs = Dialogs ?? throw new InvalidOperationException("The desk was not rendered.");
        dialogs.WaitForElement("[data-testid=entry-dialog]");
        Opening = opening;
        return dialogs;
    }

    /// <summary>Ends when the dialog is closed.</summary>
    protected Task Opening { get; private set; } = Task.CompletedTask;
}
