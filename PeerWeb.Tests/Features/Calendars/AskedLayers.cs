using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Layers;
using PeerWeb.Shared;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Tests.Features.Calendars;

/// <summary>Two apps that show in the calendar, one of them with boxes; their answers come when the test says so.</summary>
internal sealed class AskedLayers
{
    public static readonly AppId Days = AppId.Parse("days");
    public static readonly AppId Tasks = AppId.Parse("tasks");

    /// <summary>By app, the last of each.</summary>
    public Dictionary<AppId, Asking.Question> Asked { get; } = [];

    public int Questions { get; private set; }

    /// <summary>What was checked, and whether it is to be done.</summary>
    public List<(Uid Uid, bool IsDone)> Checked { get; } = [];

    public Func<Task<EntryResult.Done>> Answer { get; set; } = () => Task.FromResult(new EntryResult.Done("It is done."));

    public LayerCalls Calls => new(
        [
            new CalendarLayer(Days, "Days", new EntryNouns("day", "days", "almanac", "almanacs"), Order: 1, _ => new LayerEntry()),
            new CalendarLayer(Tasks, "Tasks", new EntryNouns("task", "tasks", "list", "lists"), Order: 2, Read, CheckAsync),
        ],
        (app, range, zone, token) =>
        {
            Questions++;
            Asked[app] = new Asking.Question(range, zone, token);
            return Asked[app].Updates.Reader.ReadAllAsync(token);
        },
        (_, _, _, _, _) => Task.FromResult<MergeUpdate.Answered?>(null));

    public static Source Of(AppId app, Source source) => source with { Id = source.Id with { App = app } };

    /// <summary>A task says what it is in its detail.</summary>
    private static LayerEntry? Read(MergedEntry entry) => entry.Summary.Detail switch
    {
        "open" => new LayerEntry(AtEnd: true, IsDone: false),
        "done" => new LayerEntry(AtEnd: true, IsDone: true),
        _ => null,
    };

    private Task<EntryResult.Done> CheckAsync(MergedEntry entry, bool isDone, EntryScene scene, CancellationToken cancellationToken)
    {
        Checked.Add((entry.Summary.Uid, isDone));
        return Answer();
    }
}
