using System.Text.Json.Serialization;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>Contacts, as the dialogs of all apps know them.</summary>
public static class ContactEntryKind
{
    public static readonly EntryNouns Nouns = new("contact", "contacts", "address book", "address books");

    public static readonly EntryKind<ContactForm> Instance = new(AddressBookApp.AppId, Nouns, ContactDraftJson.Default.EntryDraftContactForm);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EntryDraft<ContactForm>))]
[JsonSerializable(typeof(ValueRow[]))]
[JsonSerializable(typeof(AddressRow[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ContactDraftJson : JsonSerializerContext;
