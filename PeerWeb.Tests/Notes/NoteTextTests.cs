using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using PeerWeb.Tests.Todos;
using Xunit;

namespace PeerWeb.Tests.Notes;

public sealed class NoteTextTests
{
    private static readonly NoteText Texts = new();
    private static readonly NoteApp App = new();
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 9, 30);
    private static readonly EntryTime Day = EntryTime.Date(new LocalDate(2026, 11, 10));

    // RFC 5545 3.6.3.
    private static readonly string Example = Ics.Calendar(
        "BEGIN:VJOURNAL", "UID:19970901T130000Z-123405@example.com", "DTSTAMP:19970901T130000Z", "DTSTART;VALUE=DATE:19970317", "SUMMARY:Staff meeting minutes",
        "DESCRIPTION:1. Staff meeting: Participants include Joe\\, Lisa\\, and Bob. Aurora project plans were reviewed. There is currently no budget reserves for this project. Lisa will escalate to management. Next meeting on Tuesday.\\n2. Telephone Conference: ABC Corp. sales representative called to discuss new printer. Promised to get us a demo by Friday.\\n3. Henry Miller (Handsoff Insurance): Car was totaled by tree. Is looking into a loaner car. 555-2323 (tel).",
        "END:VJOURNAL");

    private static string Change(string text, Func<NoteFields, NoteFields> edit) => Texts.Change(text, Texts.Read(text), edit(Texts.Read(text)), Now);

    [Fact]
    public void The_example_of_RFC_5545_3_6_3_is_read()
    {
        var entry = App.Index(Example, Ics.Years(1997, 1998));
        var fields = Texts.Read(entry.Text);

        Assert.Equal(("Staff meeting minutes", "1997-03-17 00:00"), (entry.Title, Ics.Local(Assert.Single(entry.Instances).Start)));
        Assert.Equal((EntryTime.Date(new LocalDate(1997, 3, 17)), 3), (fields.Date, fields.Text.Split('\n').Length));
        Assert.Contains("telephone conference", entry.SearchText, StringComparison.Ordinal);
        Assert.Equal(200, NoteDetail.Parse(entry.Detail).Excerpt?.Length);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var fields = new NoteFields("Roof", "# Quotes\n\n- *Meyer*: 1,000; ok\n\\o/", ["home", "a, b"], Day, IsPrivate: true);
        var text = Texts.Create(Uid.Parse("note-1"), fields, Now);
        var entry = App.Index(text, Ics.Years(2026, 2027));

        Assert.Equal(fields, Texts.Read(text));
        Assert.Equal((true, "Quotes Meyer: 1,000; ok \\o/", Now), (entry.IsPrivate, NoteDetail.Parse(entry.Detail).Excerpt, NoteDetail.Parse(entry.Detail).ModifiedAt));
        Assert.Equal(["home", "a, b"], NoteDetail.Parse(entry.Detail).Tags);
        Assert.Single(entry.Instances);
    }

    [Fact]
    public void A_note_without_a_date_has_no_instance_and_a_date_comes_and_goes()
    {
        var text = Texts.Create(Uid.Parse("note-1"), new NoteFields("Roof", string.Empty, [], null, IsPrivate: false), Now);
        var dated = Change(text, fields => fields with { Date = Day });

        Assert.Empty(App.Index(text, Ics.Years(2026, 2027)).Instances);
        Assert.Null(App.Index(text, Ics.Years(2026, 2027)).First);
        Assert.Contains("\r\nDTSTART;VALUE=DATE:20261110\r\n", dated, StringComparison.Ordinal);
        Assert.Null(Texts.Read(Change(dated, fields => fields with { Date = null })).Date);
    }

    [Fact]
    public void What_is_not_meant_to_change_stays()
    {
        var changed = Vtodo.Lines(Change(Example, fields => fields with { Title = "Minutes", Tags = ["staff"] }));

        Assert.Equal(["CATEGORIES:staff", "SUMMARY:Minutes"], changed.Except(Vtodo.Lines(Example)).Order(StringComparer.Ordinal));
        Assert.Equal(["SUMMARY:Staff meeting minutes"], Vtodo.Lines(Example).Except(changed));
    }

    [Fact]
    public void A_note_that_repeats_keeps_its_date()
    {
        var text = Ics.Calendar("BEGIN:VJOURNAL", "UID:n", "DTSTART;VALUE=DATE:20261110", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Log", "END:VJOURNAL");

        Assert.Equal(3, App.Index(Change(text, fields => fields with { Title = "Diary" }), Ics.Years(2026, 2027)).Instances.Count);
        Assert.Throws<InvalidEntryException>(() => Change(text, fields => fields with { Date = null }));
    }

    [Fact]
    public void Two_people_who_change_different_things_both_keep_them_and_one_text_conflicts_in_words()
    {
        var text = Texts.Create(Uid.Parse("note-1"), new NoteFields("Roof", "Old", [], null, IsPrivate: false), Now);
        var merged = Texts.Merge(text, Change(text, fields => fields with { Title = "The roof" }), Change(text, fields => fields with { Tags = ["home"], Date = Day }));
        var conflict = Assert.Single(Texts.Merge(text, Change(text, fields => fields with { Text = "Mine" }), Change(text, fields => fields with { Text = "Theirs" })).Conflicts);

        Assert.Equal(("The roof", Day), (Texts.Read(merged.Text!).Title, Texts.Read(merged.Text!).Date));
        Assert.Equal(new EntryDifference(null, "Text", "Mine", "Theirs"), conflict);
    }

    [Theory]
    [InlineData("## A *bold* `code` __word__", "A bold code word")]
    [InlineData("> quoted\n- [ ] open\n- [x] done\n* point", "quoted open done point")]
    [InlineData("See [the site](https://a.example) ![image](x.png)", "See the site image")]
    [InlineData("snake_case and 2*3 = 6", "snake_case and 2*3 = 6")]
    [InlineData("---\n```\ncode\n```", "code")]
    [InlineData("[not a link] (really) a] b", "[not a link] (really) a] b")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("***", "")]
    public void An_excerpt_is_the_words_without_their_marks(string text, string expected) => Assert.Equal(expected, NoteExcerpt.Of(text, 200));

    [Fact]
    public void Other_components_are_no_notes() =>
        Assert.Equal("VEVENT is not a note.", Assert.Throws<InvalidEntryException>(() => App.Index(Ics.Event("DTSTART:20261110T090000Z"), Ics.Years(2026, 2027))).Message);
}
