using NodaTime;
using PeerWeb.Core.AddressBooks.Editing;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks;

/// <summary>Makes and changes the texts of contacts: what is not meant to change stays, line by line.</summary>
/// <remarks>RFC 6350; texts of earlier versions become 4.0 with the first change.</remarks>
public sealed class ContactText : IEntryText<ContactFields>
{
    public ContactFields Read(string text) => ParserBoundary.Guard(() => FieldReader.Read(CardText.Read(text)));

    public string Create(Uid uid, ContactFields fields, Instant now) => ParserBoundary.Guard(() =>
    {
        var document = new ContactDocument([CardUid.ToLine(uid.Value)]);
        FieldWriter.Write(document, ContactFields.Empty, fields);
        document.Stamp(now);
        return document.Write();
    });

    public string Change(string text, ContactFields before, ContactFields after, Instant now) => ParserBoundary.Guard(() =>
    {
        if (before == after)
            return text;
        var document = ContactDocument.Read(text);
        FieldWriter.Write(document, before, after);
        document.Stamp(now);
        return document.Write();
    });

    public string WithUid(string text, Uid uid) => ParserBoundary.Guard(() =>
    {
        var document = ContactDocument.Read(text);
        document.Set(CardUid.ToLine(uid.Value));
        return document.Write();
    });

    /// <summary>A copy that says where it came from.</summary>
    /// <param name="source">Whose it was, such as <c>grace@globex.example</c>.</param>
    /// <remarks>RFC 6350 6.1.3 has SOURCE for where a card can be fetched, which this is not.</remarks>
    public static string CopyOf(string text, Uid uid, string source) => ParserBoundary.Guard(() =>
    {
        var document = ContactDocument.Read(text);
        document.Set(CardUid.ToLine(uid.Value));
        document.Set(CardLine.Parse($"{ContactCard.CopiedFrom}:{TextValue.Escape(DisplayText.OneLine(source))}", 0));
        return document.Write();
    });

    /// <summary>One card of several: the first with other fields, and with what the others say that no field shows.</summary>
    /// <param name="text">The one that stays.</param>
    /// <param name="others">Those that go.</param>
    /// <param name="after">Its fields then, such as <see cref="Duplicates.ContactCombination.Result"/>.</param>
    public static string Combine(string text, IEnumerable<string> others, ContactFields after, Instant now) => ParserBoundary.Guard(() =>
    {
        var card = CardText.Read(text);
        var document = new ContactDocument(card.Lines);
        FieldWriter.Write(document, FieldReader.Read(card), after);
        foreach (var other in others.SelectMany(other => FieldReader.LinesBeside(CardText.Read(other))))
        {
            if (!document.Lines.Any(line => ContactUnits.Ungrouped(line) == ContactUnits.Ungrouped(other)))
                document.Add(CardLine.Parse(ContactUnits.Ungrouped(other), 0));
        }
        document.Stamp(now);
        return document.Write();
    });

    public IReadOnlyList<EntryDifference> Differences(string left, string right) => ParserBoundary.Guard<IReadOnlyList<EntryDifference>>(() =>
        ContactDifferences.Between(ContactUnits.Read(left), ContactUnits.Read(right)));

    public EntryMerge Merge(string baseText, string mine, string theirs) => ParserBoundary.Guard(() =>
    {
        if (mine == theirs || theirs == baseText)
            return new EntryMerge(mine, []);
        if (mine == baseText)
            return new EntryMerge(theirs, []);
        return new ContactMerge(ContactUnits.Read(baseText), ContactUnits.Read(mine), ContactUnits.Read(theirs)).Run();
    });
}
