using Fluxor;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Features;
using PeerWeb.Tests.Features.AddressBooks;
using Xunit;

namespace PeerWeb.Tests.Shared.Lists;

public sealed class ListEffectsTests : IAsyncDisposable
{
    private static readonly AppId App = AddressBookApp.AppId;
    private static readonly AppId Long = AppId.Parse("todo");
    private static readonly MergedEntry Row = Contacts.Entry(Contacts.Mine, "a", "Ada", ContactDetail.Empty);
    private static readonly EntryLink Link = Contacts.Link(Contacts.Mine, "a");

    private readonly List<Listing> _listings = [];
    private readonly List<Uid> _read = [];
    private readonly Dictionary<string, string[]> _kept = [];
    private readonly ServiceProvider _circuit;
    private Func<EntryAnswer> _answer = () => new EntryAnswer.NotFound();

    public ListEffectsTests() => _circuit = new ServiceCollection()
        .AddLogging()
        .AddFluxor(flux => flux.ScanTypes(typeof(ListsState), typeof(ListsReducers), typeof(ListEffects)))
        .AddSingleton<IJSRuntime>(new Keeping(_kept))
        .AddSingleton<AuthenticationStateProvider>(new SignedIn("ada"))
        .AddSingleton<HiddenSources>()
        .AddSingleton<ChosenZone>(_ => Task.FromResult<string?>("Europe/Berlin"))
        .AddSingleton<ViewerZone>()
        .AddSingleton(new ListQuestion(App, ContactEntryKind.Nouns) { Open = entry => new OpenedEntry.Found<string>(entry.Text, entry.ETag) })
        .AddSingleton(new ListQuestion(Long, ContactEntryKind.Nouns) { Sort = EntrySort.Start, PageSize = 1000, IsReadToItsEnd = true })
        .AddSingleton<Func<IEntryListing>>(() =>
        {
            _listings.Add(new Listing());
            return _listings[^1];
        })
        .AddSingleton<ReadEntry>((_, uid, _) =>
        {
            _read.Add(uid);
            return Task.FromResult(_answer());
        })
        .BuildServiceProvider();

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public void A_list_is_asked_for_as_its_app_wants_it_and_shows_in_the_viewers_zone()
    {
        Dispatch(new EnterListAction(Long));

        var question = Assert.Single(_listings).Questions.Single();
        Assert.Equal((Long, EntrySort.Start, 1000, null), (question.Query.App, question.Query.Sort, question.PageSize, question.Query.Text));
        Assert.Equal("Europe/Berlin", State.Zone?.Id);
    }

    [Fact]
    public void What_was_hidden_before_is_hidden_in_the_first_question_and_what_is_hidden_now_in_the_next_visit()
    {
        _kept[$"peerweb.{App}.hidden.ada"] = [Contacts.Mine.Id.ToString(), "no source"];
        Dispatch(new EnterListAction(App));
        Assert.Equal([Contacts.Mine.Id], _listings.Single().Questions.Single().Hidden);

        Dispatch(new ToggleListedAction(App, Contacts.Mine.Id));
        Assert.Empty(_listings.Single().Questions[1].Hidden);
        Assert.Empty(_kept[$"peerweb.{App}.hidden.ada"]);
    }

    [Fact]
    public void A_late_answer_to_an_older_question_is_dropped()
    {
        Dispatch(new EnterListAction(App), new SearchListAction(App, "ada", string.Empty));
        var questions = _listings.Single().Questions;

        questions[0].Show(Snapshot(Row));
        Assert.Empty(List.View.List.Entries);

        questions[1].Show(Snapshot(Row));
        Assert.Equal([Row], List.View.List.Entries);
        Assert.Equal("ada", questions[1].Query.Text);
    }

    [Fact]
    public void A_failure_names_the_apps_entries_and_refreshing_after_it_asks_anew()
    {
        Dispatch(new EnterListAction(App));
        var listing = _listings.Single();
        listing.Failure = new InvalidOperationException("x");
        Dispatch(new RefreshListAction(App));
        Assert.StartsWith("The contacts could not be read. Try again", List.View.Failure, StringComparison.Ordinal);

        listing.Failure = null;
        Dispatch(new RefreshListAction(App));
        Assert.Equal(2, listing.Questions.Count);
        listing.Questions[1].Show(Snapshot());
        Dispatch(new RefreshListAction(App));
        Assert.Equal((2, 2), (listing.Questions.Count, listing.Refreshes));
    }

    [Fact]
    public void A_further_page_comes_when_it_is_asked_for_or_by_itself_where_all_is_wanted()
    {
        Dispatch(new EnterListAction(App), new EnterListAction(Long));
        foreach (var listing in _listings)
            listing.Questions.Single().Show(Snapshot(Row) with { HasMore = true });
        Assert.Equal([0, 1], _listings.Select(listing => listing.Pages));

        Dispatch(new MoreListedAction(App));
        _listings[1].Questions.Single().Show(Snapshot(Row));
        Assert.Equal([1, 1], _listings.Select(listing => listing.Pages));
    }

    [Fact]
    public void A_list_that_is_left_is_closed_and_asks_for_nothing_while_others_go_on()
    {
        Dispatch(new EnterListAction(App), new EnterListAction(Long), new LeaveListAction(App));
        Dispatch(new RefreshListAction(App), new SearchListAction(App, "x", string.Empty), new RefreshListAction(Long));

        Assert.Equal([(true, 0, 1), (false, 1, 1)], _listings.Select(listing => (listing.IsEnded, listing.Refreshes, listing.Questions.Count)));
        Dispatch(new EnterListAction(App));
        Assert.Equal(3, _listings.Count);
    }

    [Fact]
    public void An_opened_entry_is_read_again_only_where_its_row_says_that_it_changed()
    {
        _answer = () => Found("1.1");
        Dispatch(new EnterListAction(App), new OpenEntryAction(App, Link));
        Assert.Equal(new OpenedEntry.Found<string>("text 1.1", ETag.Parse("1.1")), List.Entry);

        _listings.Single().Questions.Single().Show(Snapshot(Row));
        Assert.Single(_read);

        _answer = () => Found("1.2");
        _listings.Single().Questions.Single().Show(Snapshot(Row with { Summary = Row.Summary with { ETag = ETag.Parse("1.2") } }));
        Assert.Equal(2, _read.Count);
        Assert.Equal(new OpenedEntry.Found<string>("text 1.2", ETag.Parse("1.2")), List.Entry);
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        Assert.Equal("This contact is not there any more, or is no longer shared with you.", Reason(() => new EntryAnswer.NotFound()));
        Assert.Equal("Its text is broken: no card", Reason(() => throw new InvalidEntryException("no card", null)));
        Assert.Equal("This server could not read it.", Reason(() => throw new InvalidOperationException("x")));
    }

    private ListsState State => _circuit.GetRequiredService<IState<ListsState>>().Value;

    private AppList List => State.Of(App);

    private string? Reason(Func<EntryAnswer> answer)
    {
        _answer = answer;
        Dispatch(new OpenEntryAction(App, Link));
        return (List.Entry as OpenedEntry.Missing)?.Reason;
    }

    private void Dispatch(params object[] actions)
    {
        foreach (var action in actions)
            _circuit.GetRequiredService<IDispatcher>().Dispatch(action);
    }

    private static EntryAnswer.Found Found(string etag) => new(new Entry(Contacts.Mine.Id.Collection, Link.Uid, ETag.Parse(etag), $"text {etag}"));

    private static ListSnapshot Snapshot(params MergedEntry[] entries) => ListSnapshot.Empty with { Entries = entries, HasMore = false };

    private sealed record Question(EntryQuery Query, IReadOnlyCollection<SourceId> Hidden, Action<ListSnapshot> Show, int PageSize);

    /// <summary>A browser that keeps what it is told.</summary>
    private sealed class Keeping(Dictionary<string, string[]> kept) : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (args is [string key, string[] values])
                kept[key] = values;
            return args is [string asked] && kept.GetValueOrDefault(asked) is TValue known ? ValueTask.FromResult(known) : default;
        }
    }

    /// <summary>Answers when the test says so.</summary>
    private sealed class Listing : IEntryListing
    {
        public List<Question> Questions { get; } = [];

        public Exception? Failure { get; set; }

        public int Pages { get; private set; }

        public int Refreshes { get; private set; }

        public bool IsEnded { get; private set; }

        public Task OpenAsync(EntryQuery query, IReadOnlyCollection<SourceId> hidden, IReadOnlyList<Source> known, Action<ListSnapshot> show, int pageSize)
        {
            Questions.Add(new Question(query, hidden, show, pageSize));
            return Done();
        }

        public Task MoreAsync()
        {
            Pages++;
            return Done();
        }

        public Task RefreshAsync()
        {
            Refreshes++;
            return Done();
        }

        public void Dispose() => IsEnded = true;

        private Task Done() => Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
