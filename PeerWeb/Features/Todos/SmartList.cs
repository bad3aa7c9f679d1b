using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;

namespace PeerWeb.Features.Todos;

public enum SmartListKind
{
    Open,
    Today,
    Overdue,
    Week,
    Done,
    Tag,
    Owner,
}

/// <summary>Which of the todos show, as a part of the address: <c>?list=today</c>, <c>?list=tag:phone</c>, <c>?list=owner:ada@acme.example</c>.</summary>
/// <param name="Value">The tag, or the owner's address; else empty.</param>
public sealed record SmartList(SmartListKind Kind, string Value = "")
{
    public const string Parameter = "list";
    public const string ViewParameter = "view";
    public const string Board = "board";

    private const string TagPrefix = "tag:";
    private const string OwnerPrefix = "owner:";

    public static readonly SmartList Open = new(SmartListKind.Open);
    public static readonly SmartList Today = new(SmartListKind.Today);
    public static readonly SmartList Overdue = new(SmartListKind.Overdue);
    public static readonly SmartList Week = new(SmartListKind.Week);
    public static readonly SmartList Done = new(SmartListKind.Done);

    public static SmartList Tag(string tag) => new(SmartListKind.Tag, tag);

    public static SmartList Owner(Address owner) => new(SmartListKind.Owner, owner.ToString());

    /// <summary>What is no list is the one of all that are open.</summary>
    public static SmartList Parse(string? text) => text switch
    {
        "today" => Today,
        "overdue" => Overdue,
        "week" => Week,
        "done" => Done,
        { Length: > 4 } when text.StartsWith(TagPrefix, StringComparison.Ordinal) => Tag(text[TagPrefix.Length..]),
        { } when text.StartsWith(OwnerPrefix, StringComparison.Ordinal) && Address.TryParse(text[OwnerPrefix.Length..], out var owner) => Owner(owner),
        _ => Open,
    };

    public override string ToString() => Kind switch
    {
        SmartListKind.Open => string.Empty,
        SmartListKind.Today => "today",
        SmartListKind.Overdue => "overdue",
        SmartListKind.Week => "week",
        SmartListKind.Done => "done",
        SmartListKind.Tag => TagPrefix + Value,
        SmartListKind.Owner => OwnerPrefix + Value,
        _ => throw new InvalidOperationException($"There is no list {Kind}."),
    };

    public string Title => Kind switch
    {
        SmartListKind.Open => "All open",
        SmartListKind.Today => "Today",
        SmartListKind.Overdue => "Overdue",
        SmartListKind.Week => "Next 7 days",
        SmartListKind.Done => "Done",
        SmartListKind.Tag => $"#{Value}",
        SmartListKind.Owner => Value,
        _ => throw new InvalidOperationException($"There is no list {Kind}."),
    };

    public string Href(bool isBoard)
    {
        var address = "/todo";
        if (isBoard)
            address = QueryHelpers.AddQueryString(address, ViewParameter, Board);
        return Kind == SmartListKind.Open ? address : QueryHelpers.AddQueryString(address, Parameter, ToString());
    }

    /// <summary>What it holds, in its order.</summary>
    /// <param name="withDone">Also what is done, where the list is not about time: as a board shows it.</param>
    public IReadOnlyList<ShownTodo> Of(IReadOnlyList<ShownTodo> todos, bool withDone, DateTimeZone viewer, Instant now)
    {
        var shown = todos.Where(todo => withDone || todo.IsOpen);
        return Kind switch
        {
            SmartListKind.Open => SmartLists.Ordered(shown, viewer),
            SmartListKind.Today => SmartLists.Today(todos, viewer, now),
            SmartListKind.Overdue => SmartLists.Overdue(todos, viewer, now),
            SmartListKind.Week => SmartLists.NextSevenDays(todos, viewer, now),
            SmartListKind.Done => [.. todos.Where(todo => !todo.IsOpen).OrderByDescending(todo => todo.Detail.CompletedAt ?? Instant.MinValue).ThenBy(todo => todo.Title, StringComparer.Ordinal)],
            SmartListKind.Tag => SmartLists.Tagged(shown, Value, viewer),
            SmartListKind.Owner => Address.TryParse(Value, out var owner) ? SmartLists.Of(shown, owner, viewer) : [],
            _ => throw new InvalidOperationException($"There is no list {Kind}."),
        };
    }
}
