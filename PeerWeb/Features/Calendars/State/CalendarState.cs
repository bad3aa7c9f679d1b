using System.Collections.Immutable;
using Fluxor;
using NodaTime;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.State;

/// <summary>The merged calendar of one circuit: what is asked, and what has arrived from each installation.</summary>
/// <remarks>Lists are replaced only where their content changed: who holds the same instance holds the same data.</remarks>
[FeatureState]
public sealed record CalendarState
{
    /// <summary>Null until the browser and the server have said. Another instance: a page has opened anew, or the settings were changed.</summary>
    public CalendarViewer? Viewer { get; init; }

    public CalendarPlace Place { get; init; } = new(null, null);

    public SettingsProgress Settings { get; init; }

    /// <summary>Null until it is known who looks.</summary>
    public CalendarSpan? Span { get; init; }

    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Numbers the questions; an answer to any but the last is dropped.</summary>
    public int Request { get; init; }

    /// <summary>The first answer to the last question is not complete. Asking anew in the background does not show.</summary>
    public bool IsAsking { get; init; }

    /// <summary>Nobody has answered the last question yet: what is known is of other days.</summary>
    public bool IsOpening { get; init; }

    /// <summary>Why nothing could be asked at all; null where all is well. A peer's failure is its source's state instead.</summary>
    public string? Failure { get; init; }

    public IReadOnlyList<Installation> Installations { get; init; } = [];

    public IReadOnlyList<Source> Sources { get; init; } = [];

    public ImmutableDictionary<Domain, IReadOnlyList<MergedEntry>> Entries { get; init; } = ImmutableDictionary<Domain, IReadOnlyList<MergedEntry>>.Empty;

    /// <summary>Sources whose events the viewer does not want to see now.</summary>
    public ImmutableHashSet<SourceId> Hidden { get; init; } = [];

    /// <summary>The question whose states are in <see cref="Sources"/>; an update of another one replaces them by "loading".</summary>
    public int AnsweredRequest { get; init; }
}
