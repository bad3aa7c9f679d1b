using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Duplicates;
using PeerWeb.Shared.Lists;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Features.AddressBooks.Duplicates;

public sealed class DuplicateMergeTests
{
    private static readonly Instant Now = Instant.FromDateTimeOffset(Contacts.Now);
    private static readonly EntryLink[] Links = [Link("a"), Link("b"), Link("c")];
    private readonly Contacts _contacts = new();

    public DuplicateMergeTests()
    {
        _contacts.Put(Contacts.Mine, Card("a", "FN:Ada", "TEL:1", "ORG:Acme"), "a");
        _contacts.Put(Contacts.Mine, Card("b", "FN:Ada Lovelace", "TEL:2", "ORG:Engines", "X-UNKNOWN:kept"), "b");
        _contacts.Put(Contacts.Mine, Card("c", "FN:Ada L.", "TEL:1", "NOTE:met"), "c");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_become_one_with_what_was_chosen_and_everything_else_and_undo_brings_all_back()
    {
        var before = _contacts.Texts.ToHashSet();
        var merge = await ReadAsync(Links);
        merge.Choose("Organisation", 1);

        var done = await merge.RunAsync(_contacts.Calls, Now, Cancel);

        var card = ContactCard.Read(Assert.Single(_contacts.Texts));
        Assert.Equal((Uid.Parse("a"), "Ada Lovelace", "Engines", "met"), (card.Uid, card.FormattedName, card.Fields.Organization, card.Fields.Notes));
        Assert.Equal(["1", "2"], card.Fields.Phones.Select(phone => phone.Value));
        Assert.Contains("X-UNKNOWN:kept", _contacts.Texts[0], StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], _contacts.Sent.Select(write => write.Uid.Value));
        foreach (var write in done?.Undo ?? [])
            Assert.IsNotType<SaveOutcome.Stale>(Assert.IsType<WriteAnswer.Decided>(await _contacts.Calls.Write(write, Cancel)).Outcome);
        Assert.Equal(before, _contacts.Texts.ToHashSet());
    }

    [Fact]
    public async Task Nothing_goes_where_the_first_was_changed_meanwhile()
    {
        var merge = await ReadAsync(Links);
        _contacts.Put(Contacts.Mine, Card("a", "FN:Somebody else"), "a");

        var done = await merge.RunAsync(_contacts.Calls, Now, Cancel);

        Assert.StartsWith("Nothing was merged", done?.Message, StringComparison.Ordinal);
        Assert.Empty(done?.Undo ?? []);
        Assert.Equal(3, _contacts.Texts.Count);
    }

    [Fact]
    public async Task One_that_was_changed_meanwhile_stays_and_what_was_done_can_be_undone()
    {
        var merge = await ReadAsync(Links);
        _contacts.Put(Contacts.Mine, Card("c", "FN:Charles"), "c");

        var done = await merge.RunAsync(_contacts.Calls, Now, Cancel);

        Assert.Contains("“Ada L.” has been changed meanwhile and stays", done?.Message, StringComparison.Ordinal);
        Assert.Contains("FN:Charles", _contacts.Text(Contacts.Mine, "c"), StringComparison.Ordinal);
        Assert.Equal(["b", "a"], done?.Undo.Select(write => write.Uid.Value));
    }

    [Fact]
    public async Task An_answer_that_is_lost_breaks_it_off_and_the_same_writes_go_on()
    {
        var merge = await ReadAsync(Links);
        var (calls, lost) = (_contacts.Calls, true);
        var broken = calls with
        {
            Write = async (write, token) => write.Uid.Value == "b" && lost ? new WriteAnswer.Unavailable("It is away.", MayHaveHappened: false) : await calls.Write(write, token),
        };

        Assert.Null(await merge.RunAsync(broken, Now, Cancel));
        Assert.Contains("It is away", merge.Notice, StringComparison.Ordinal);
        Assert.True(merge.IsBegun);
        Assert.Same(merge, merge.Keeping(1));
        Assert.Equal(3, _contacts.Texts.Count);
        lost = false;
        var done = await merge.RunAsync(broken, Now, Cancel);

        Assert.Equal("3 contacts are one now.", done?.Message);
        Assert.Single(_contacts.Texts);
        Assert.Single(_contacts.Sent, write => write.Uid.Value == "a");
    }

    [Fact]
    public async Task Who_stays_and_who_is_somebody_else_can_be_said()
    {
        var merge = await ReadAsync(Links);

        Assert.Equal(["b", "a", "c"], merge.Keeping(1).Contacts.Select(contact => contact.Link.Uid.Value));
        var two = merge.Without(0);
        Assert.Equal(["b", "c"], two?.Contacts.Select(contact => contact.Link.Uid.Value));
        Assert.Null(two?.Without(0));
        Assert.Null(await DuplicateMerge.ReadAsync(_contacts.Calls, [Link("a"), Link("gone")], Cancel));
    }

    private static EntryLink Link(string uid) => Contacts.Link(Contacts.Mine, uid);

    private static string Card(string uid, params string[] lines) => Vcf.Of("4.0", [$"UID:{uid}", .. lines]);

    private async Task<DuplicateMerge> ReadAsync(EntryLink[] links) =>
        await DuplicateMerge.ReadAsync(_contacts.Calls, links, Cancel) ?? throw new InvalidOperationException("There are too few.");
}
