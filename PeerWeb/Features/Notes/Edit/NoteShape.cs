using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Notes.Edit;

/// <summary>Notes between their text and the inputs of the dialog.</summary>
public sealed class NoteShape : IEntryShape<NoteForm, NoteFields>
{
    public static readonly NoteShape Instance = new();

    public IEntryText<NoteFields> Text { get; } = new NoteText();

    public NoteForm Show(NoteFields fields, string source, EntryScene scene) => new(
        fields.Title, fields.Text, string.Join(", ", fields.Tags), fields.Date is { } date ? LocalDatePattern.Iso.Format(date.LocalFor(scene.Zone).Date) : string.Empty,
        fields.IsPrivate, source);

    /// <remarks>A time that another program wrote stays as long as its day does.</remarks>
    public NoteFields Fields(NoteForm form, NoteFields? before, EntryScene scene) => new(
        form.Title.Trim(), form.Notes.ReplaceLineEndings("\n"), [.. TagsOf(form.Tags)],
        DayOf(form.Date) is not { } day ? null : before?.Date is { } known && known.LocalFor(scene.Zone).Date == day ? known : EntryTime.Date(day), form.IsPrivate);

    public NoteForm Rebase(NoteForm form, NoteForm before, NoteForm now) => form with
    {
        Title = form.Title == before.Title ? now.Title : form.Title,
        Notes = form.Notes == before.Notes ? now.Notes : form.Notes,
        Tags = form.Tags == before.Tags ? now.Tags : form.Tags,
        Date = form.Date == before.Date ? now.Date : form.Date,
        IsPrivate = form.IsPrivate == before.IsPrivate ? now.IsPrivate : form.IsPrivate,
    };

    public NoteForm WithSource(NoteForm form, string source) => form with { Source = source };

    /// <remarks>A text that was not touched may be as long as it is.</remarks>
    public bool HasProblems(NoteForm form, NoteForm opened, bool isTried) =>
        form.TitleProblem is not null || form.DateProblem is not null || form.Source.Length == 0 || (form.Notes != opened.Notes && form.TextProblem is not null);

    public static LocalDate? DayOf(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;

    private static IEnumerable<string> TagsOf(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.CurrentCultureIgnoreCase);
}
