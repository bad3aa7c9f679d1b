using Microsoft.AspNetCore.Components;
using MudBlazor;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>The dialog of one contact, new or there, local or remote.</summary>
public sealed partial class ContactDialog : ComponentBase
{
    private static readonly IReadOnlyList<NamePart> NameParts =
    [
        new("prefix", "Title before", form => form.Prefix, (form, text) => form with { Prefix = text }),
        new("given", "Given name", form => form.Given, (form, text) => form with { Given = text }),
        new("additional", "Further names", form => form.Additional, (form, text) => form with { Additional = text }),
        new("family", "Family name", form => form.Family, (form, text) => form with { Family = text }),
        new("suffix", "Title after", form => form.Suffix, (form, text) => form with { Suffix = text }),
    ];

    private EntryFrame<ContactForm>? _frame;

    [Parameter, EditorRequired]
    public required PlainEntrySession<ContactForm, ContactFields> Session { get; set; }

    /// <summary>Asks what to do about another's write; null: go on writing.</summary>
    [Parameter, EditorRequired]
    public required Func<EntryConflict, Task<ConflictChoice?>> Decide { get; set; }

    /// <summary>Opens it.</summary>
    public static Task<IDialogReference> ShowAsync(IDialogService dialogs, EntrySession<ContactForm> session, Func<EntryConflict, Task<ConflictChoice?>> decide)
    {
        var parameters = new DialogParameters<ContactDialog>
        {
            { dialog => dialog.Session, (PlainEntrySession<ContactForm, ContactFields>)session },
            { dialog => dialog.Decide, decide },
        };
        return dialogs.ShowAsync<ContactDialog>(null, parameters, EntryDialogs.Options);
    }

    private ContactForm Form => Session.Form;

    private string? TitleProblem => Form.TitleProblem ?? (Session.ShowsMissing && Form.TitleInEffect.Length == 0 ? "Give a name, an organisation, a mail or a phone." : null);

    private string? NotesProblem => Form.Notes == Session.Opened.Notes ? null : Form.NotesProblem;

    private string? KnownPhoto => Session is { Base: { } there, Fields.Photo.IsInline: true, Source: { } source } ? ContactPhotoLink.Of(new EntryLink(source.Id, there.Uid), there.ETag) : null;

    /// <summary>Something of what hardly anybody fills is there.</summary>
    private bool HasFurther => Session.Opened is { Nickname.Length: > 0 } or { Unit.Length: > 0 } or { Role.Length: > 0 } or { Messaging.Count: > 0 } or { Anniversary.IsEmpty: false };

    private string Id(string field) => $"entry-{Session.Id:N}-{field}";

    private void Set(ContactForm form)
    {
        Session.Form = form;
        Redraw();
    }

    private void Redraw() => _frame?.Redraw();

    private sealed record NamePart(string Name, string Label, Func<ContactForm, string> Read, Func<ContactForm, string, ContactForm> With);
}
