using Microsoft.AspNetCore.Components;
using NodaTime;
using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared;

/// <summary>The sources of a merged view, by installation: switch, colour, owner, and how each stands.</summary>
public sealed partial class SourcesPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<Installation> Installations { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Source> Sources { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<SourceId> Hidden { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<SourceId, string> Colors { get; set; }

    /// <summary>Zone in which times show.</summary>
    [Parameter, EditorRequired]
    public required DateTimeZone Zone { get; set; }

    /// <summary>To tell times of today from those of other days.</summary>
    [Parameter, EditorRequired]
    public required Instant Now { get; set; }

    /// <summary>What the viewer's own sources are called: "My calendars".</summary>
    [Parameter, EditorRequired]
    public required string OwnTitle { get; set; }

    /// <summary>Shown where the viewer owns none.</summary>
    [Parameter, EditorRequired]
    public required string NoneOwned { get; set; }

    [Parameter]
    public bool IsAsking { get; set; }

    [Parameter]
    public EventCallback<SourceId> OnToggle { get; set; }

    [Parameter]
    public EventCallback<SourceId> OnOnly { get; set; }

    [Parameter]
    public EventCallback OnRefresh { get; set; }

    /// <summary>The viewer wants a source that they may read as a file; without it nothing can be exported from here.</summary>
    [Parameter]
    public EventCallback<Source> OnExport { get; set; }

    /// <summary>The viewer wants to share one of their own; without it nothing can be shared from here.</summary>
    [Parameter]
    public EventCallback<Source> OnShare { get; set; }
}
