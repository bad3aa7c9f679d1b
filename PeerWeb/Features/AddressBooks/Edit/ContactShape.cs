using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>Contacts between their text and the inputs of the dialog.</summary>
public sealed class ContactShape : IEntryShape<ContactForm, ContactFields>
{
    public static readonly ContactShape Instance = new();

    public IEntryText<ContactFields> Text { get; } = new ContactText();

    public ContactForm Show(ContactFields fields, string source, EntryScene scene) => new()
    {
        Title = fields.FormattedName,
        Prefix = fields.Name.Prefix,
        Given = fields.Name.Given,
        Additional = fields.Name.Additional,
        Family = fields.Name.Family,
        Suffix = fields.Name.Suffix,
        Nickname = fields.Nickname,
        Organization = fields.Organization,
        Unit = fields.Unit,
        JobTitle = fields.Title,
        Role = fields.Role,
        Phones = [.. fields.Phones.Select(ValueRow.Of)],
        Mails = [.. fields.Mails.Select(ValueRow.Of)],
        Addresses = [.. fields.Addresses.Select(AddressRow.Of)],
        Urls = [.. fields.Urls.Select(ValueRow.Of)],
        Messaging = [.. fields.InstantMessaging.Select(ValueRow.Of)],
        Birthday = DateParts.Of(fields.Birthday),
        Anniversary = DateParts.Of(fields.Anniversary),
        Notes = fields.Notes,
        Categories = string.Join(", ", fields.Categories),
        Kind = fields.Kind.ToString(),
        Members = fields.Members,
        Photo = fields.Photo is null ? string.Empty : ContactForm.KnownPhoto,
        IsPrivate = fields.IsPrivate,
        Source = source,
    };

    /// <remarks>Categories with a comma in them stay what they are as long as nobody touches them.</remarks>
    public ContactFields Fields(ContactForm form, ContactFields? before, EntryScene scene) => new()
    {
        FormattedName = form.TitleInEffect,
        Name = form.Name,
        Nickname = form.Nickname.Trim(),
        Organization = form.Organization.Trim(),
        Unit = form.Unit.Trim(),
        Title = form.JobTitle.Trim(),
        Role = form.Role.Trim(),
        Phones = Values(form.Phones),
        Mails = Values(form.Mails),
        Addresses = [.. form.Addresses.Where(row => !row.IsEmpty).Select(row => row.ToAddress())],
        Urls = Values(form.Urls),
        InstantMessaging = Values(form.Messaging),
        Birthday = form.Birthday.Date,
        Anniversary = form.Anniversary.Date,
        Notes = form.Notes.ReplaceLineEndings("\n"),
        Categories = before is not null && form.Categories == string.Join(", ", before.Categories) ? before.Categories : [.. CategoriesOf(form.Categories)],
        Kind = Enum.TryParse<ContactKind>(form.Kind, out var kind) && Enum.IsDefined(kind) ? kind : ContactKind.Individual,
        Members = form.IsGroup || form.Members == before?.Members ? form.Members : [],
        Photo = form.Photo switch
        {
            "" => null,
            ContactForm.KnownPhoto => before?.Photo,
            var uri => new ContactPhoto(uri),
        },
        IsPrivate = form.IsPrivate,
    };

    public ContactForm Rebase(ContactForm form, ContactForm before, ContactForm now)
    {
        T Pick<T>(Func<ContactForm, T> read)
            where T : notnull => read(form).Equals(read(before)) ? read(now) : read(form);
        return form with
        {
            Title = Pick(one => one.Title),
            Prefix = Pick(one => one.Prefix),
            Given = Pick(one => one.Given),
            Additional = Pick(one => one.Additional),
            Family = Pick(one => one.Family),
            Suffix = Pick(one => one.Suffix),
            Nickname = Pick(one => one.Nickname),
            Organization = Pick(one => one.Organization),
            Unit = Pick(one => one.Unit),
            JobTitle = Pick(one => one.JobTitle),
            Role = Pick(one => one.Role),
            Phones = Pick(one => one.Phones),
            Mails = Pick(one => one.Mails),
            Addresses = Pick(one => one.Addresses),
            Urls = Pick(one => one.Urls),
            Messaging = Pick(one => one.Messaging),
            Birthday = Pick(one => one.Birthday),
            Anniversary = Pick(one => one.Anniversary),
            Notes = Pick(one => one.Notes),
            Categories = Pick(one => one.Categories),
            Kind = Pick(one => one.Kind),
            Members = Pick(one => one.Members),
            Photo = Pick(one => one.Photo),
            IsPrivate = Pick(one => one.IsPrivate),
        };
    }

    public ContactForm WithSource(ContactForm form, string source) => form with { Source = source };

    /// <remarks>A text that was not touched may be as long as it is.</remarks>
    public bool HasProblems(ContactForm form, ContactForm opened, bool isTried) =>
        form.TitleProblem is not null || form.TitleInEffect.Length == 0 || form.Source.Length == 0
        || form.Birthday.Problem is not null || form.Anniversary.Problem is not null
        || (form.Notes != opened.Notes && form.NotesProblem is not null);

    private static ValueList<ContactValue> Values(ValueList<ValueRow> rows) => [.. rows.Where(row => !string.IsNullOrWhiteSpace(row.Value)).Select(row => row.ToValue())];

    private static IEnumerable<string> CategoriesOf(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.CurrentCultureIgnoreCase);
}
