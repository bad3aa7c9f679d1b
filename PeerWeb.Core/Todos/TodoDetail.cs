using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.ICalendar;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Todos;

/// <summary>What a list shows of a todo beside its title; the JSON of <see cref="EntrySummary.Detail"/>.</summary>
/// <param name="Percent">0 to 100; 100 and COMPLETED are one.</param>
/// <param name="Priority">1 (highest) to 9; 0 where there is none. RFC 5545 3.8.1.9.</param>
/// <param name="Start">Of a todo that repeats: of the first instance.</param>
/// <param name="Due">As <paramref name="Start"/>.</param>
/// <param name="Completed">When, such as <c>2026-11-10T09:00:00Z</c>.</param>
/// <param name="Parent">UID of the todo that this is a part of.</param>
/// <param name="Next">Of a todo that repeats: the first instance that is open; null where all are done.</param>
/// <param name="Excerpt">Beginning of the description, at most 200 characters.</param>
public sealed record TodoDetail(
    TodoStatus Status,
    int Percent,
    int Priority,
    TodoTime? Start,
    TodoTime? Due,
    string? Completed,
    IReadOnlyList<string>? Tags,
    string? Parent,
    bool IsRecurring,
    TodoNext? Next,
    string? Location,
    string? Excerpt)
{
    private const int MaxExcerpt = 200;
    private const int MaxTags = 10;

    public static readonly TodoDetail Empty = new(TodoStatus.NeedsAction, 0, 0, null, null, null, null, null, false, null, null, null);

    [JsonIgnore]
    public Instant? CompletedAt => Completed is { } text && InstantPattern.General.Parse(text) is { Success: true, Value: var at } ? at : null;

    [JsonIgnore]
    public TodoTimes Times => new(Start?.ToEntryTime(), Due?.ToEntryTime());

    /// <summary>Reads what <see cref="ToJson"/> wrote, here or at a peer; what cannot be read says nothing.</summary>
    public static TodoDetail Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TodoDetailJson.Default.TodoDetail) is { } detail ? Checked(detail) : Empty;
        }
        catch (JsonException)
        {
            return Empty;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, TodoDetailJson.Default.TodoDetail);

    internal static TodoDetail Of(ComponentSeries series, TimedComponent component)
    {
        var (text, times) = (component.Component, TodoTimes.Of(component));
        var (status, percent) = TodoProgress.Of(text);
        var tags = text.Categories.Take(MaxTags).ToList();
        return new TodoDetail(
            status,
            percent,
            PriorityOf(text),
            times.Start is { } start ? TodoTime.Of(start) : null,
            times.Due is { } due ? TodoTime.Of(due) : null,
            TodoProgress.CompletedAt(text) is { } at ? InstantPattern.General.Format(at) : null,
            tags.Count > 0 ? tags : null,
            TodoParent.Of(text.Properties)?.Value,
            series.IsRecurring,
            series.IsRecurring && component == series.Main ? TodoNext.Of(series) : null,
            text.Text("LOCATION") is { } location ? DisplayText.OneLine(location) : null,
            text.Text("DESCRIPTION") is { } description ? DisplayText.Excerpt(description, MaxExcerpt) : null);
    }

    private static TodoDetail Checked(TodoDetail detail) => detail with
    {
        Status = Enum.IsDefined(detail.Status) ? detail.Status : TodoStatus.NeedsAction,
        Percent = Math.Clamp(detail.Percent, 0, 100),
        Priority = detail.Priority is >= 0 and <= 9 ? detail.Priority : 0,
        Tags = detail.Tags?.OfType<string>().ToList(),
        Next = detail.Next is { RecurrenceId: not null } next ? next : null,
    };

    internal static int PriorityOf(Component component) =>
        int.TryParse(component.Text("PRIORITY"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority <= 9 ? priority : 0;
}

/// <summary>The first open instance of a todo that repeats.</summary>
public sealed record TodoNext(string RecurrenceId, TodoTime? Start, TodoTime? Due)
{
    [JsonIgnore]
    public TodoTimes Times => new(Start?.ToEntryTime(), Due?.ToEntryTime());

    internal static TodoNext? Of(ComponentSeries series)
    {
        // What other programs said of the whole series.
        if (series.Master is { } master && !TodoProgress.Of(master.Component).IsOpen)
            return null;
        if (First(series) is not { RecurrenceId: { } id } first)
            return null;
        var times = TodoTimes.Of(first);
        return new TodoNext(id, times.Start is { } start ? TodoTime.Of(start) : null, times.Due is { } due ? TodoTime.Of(due) : null);
    }

    private static ComponentInstance? First(ComponentSeries series)
    {
        try
        {
            return series.First(changed => TodoProgress.Of(changed.Component).IsOpen);
        }
        catch (InvalidEntryException)
        {
            // So much is left out that none is found with the work that one entry may make.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(TodoDetail))]
internal sealed partial class TodoDetailJson : JsonSerializerContext;
