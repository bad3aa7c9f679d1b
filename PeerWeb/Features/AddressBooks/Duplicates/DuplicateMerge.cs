using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Duplicates;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.Duplicates;

/// <summary>Contacts that become one: what each says, what is taken, and the writes that it takes.</summary>
/// <remarks>The first is saved with everything before any other is deleted, so that at no time anything is in none of them. Writes are composed once and sent again as they are.</remarks>
public sealed class DuplicateMerge
{
    private const string HalfUndone = "Not all of the contacts are back as they were yet. ";
    private readonly List<PlannedWrite> _undo = [];
    private IReadOnlyList<PlannedWrite>? _writes;
    private int _done;

    private DuplicateMerge(IReadOnlyList<MergedContact> contacts) =>
        (Contacts, Combination) = (contacts, ContactCombination.Propose([.. contacts.Select(contact => contact.Card.Fields)]));

    /// <summary>Two at least; the first is the one that stays.</summary>
    public IReadOnlyList<MergedContact> Contacts { get; }

    public ContactCombination Combination { get; private set; }

    /// <summary>Something is written, or may be: nothing can be chosen any more.</summary>
    public bool IsBegun => _writes is not null;

    /// <summary>Why it is not through; null where nothing is wrong.</summary>
    public string? Notice { get; private set; }

    /// <returns>Null where fewer than two are still there.</returns>
    public static async Task<DuplicateMerge?> ReadAsync(EntryCalls<ContactForm> calls, IReadOnlyList<EntryLink> links, CancellationToken cancellationToken)
    {
        var contacts = new List<MergedContact>();
        foreach (var link in links)
        {
            if (await calls.Read(link.Source, link.Uid, cancellationToken) is EntryAnswer.Found { Entry: var entry } && Read(entry.Text) is { } card)
                contacts.Add(new MergedContact(link, entry, card));
        }
        return contacts.Count < 2 ? null : new DuplicateMerge(contacts);
    }

    /// <param name="label">Of a field with one value.</param>
    /// <param name="contact">Index of the contact whose value is taken.</param>
    public void Choose(string label, int contact)
    {
        if (!IsBegun)
            Combination = Combination.Choose(label, contact);
    }

    /// <summary>Another one stays; what was chosen is proposed anew.</summary>
    public DuplicateMerge Keeping(int contact) => IsBegun ? this : new DuplicateMerge([Contacts[contact], .. Contacts.Where((_, i) => i != contact)]);

    /// <summary>Without one of them, which is somebody else; null where too few are left.</summary>
    public DuplicateMerge? Without(int contact) => IsBegun ? this : Contacts.Count < 3 ? null : new DuplicateMerge([.. Contacts.Where((_, i) => i != contact)]);

    /// <summary>The one contact as it would be saved.</summary>
    /// <exception cref="InvalidEntryException">Together they are larger than a card may be.</exception>
    public ContactCard Preview(Instant now) => ContactCard.Read(Combined(now));

    /// <summary>Merges, or goes on where it broke off.</summary>
    /// <returns>What was done, and what takes it back; null where it broke off, and <see cref="Notice"/> says why.</returns>
    /// <exception cref="InvalidEntryException">Together they are larger than a card may be.</exception>
    public async Task<EntryResult.Done?> RunAsync(EntryCalls<ContactForm> calls, Instant now, CancellationToken cancellationToken)
    {
        _writes ??=
        [
            PlannedWrite.Save(Contacts[0].Link.Source, Contacts[0].Link.Uid, Combined(now), Contacts[0].Entry.ETag),
            .. Contacts.Skip(1).Select(contact => PlannedWrite.Delete(contact.Link.Source, contact.Link.Uid, contact.Entry.ETag)),
        ];
        Notice = null;
        for (; _done < _writes.Count; _done++)
        {
            switch (await calls.Write(_writes[_done], cancellationToken))
            {
                case WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved }:
                    _undo.Add(PlannedWrite.Save(Contacts[_done].Link.Source, Contacts[_done].Link.Uid, Contacts[_done].Entry.Text, saved.ETag));
                    break;
                case WriteAnswer.Decided { Outcome: SaveOutcome.Deleted }:
                    // Before the first one loses what it took from them.
                    _undo.Insert(0, PlannedWrite.Save(Contacts[_done].Link.Source, Contacts[_done].Link.Uid, Contacts[_done].Entry.Text, null));
                    break;
                case WriteAnswer.Decided { Outcome: SaveOutcome.NotFound } when _done > 0:
                    // Gone already.
                    break;
                case WriteAnswer.Unavailable unavailable:
                    Notice = $"{SaveWords.Unavailable(null, unavailable)} Trying again makes nothing twice.";
                    return null;
                case WriteAnswer.Decided { Outcome: var refused } when _done == 0:
                    return new EntryResult.Done(refused is SaveOutcome.Invalid invalid
                        ? $"Nothing was merged: {invalid.Reason}"
                        : "Nothing was merged: one of the contacts has been changed meanwhile.");
                default:
                    return new EntryResult.Done($"The contacts are merged, but “{Contacts[_done].Name}” has been changed meanwhile and stays.", _undo) { HalfUndone = HalfUndone };
            }
        }
        return new EntryResult.Done($"{Contacts.Count} contacts are one now.", _undo) { HalfUndone = HalfUndone };
    }

    private string Combined(Instant now) => ContactText.Combine(Contacts[0].Entry.Text, Contacts.Skip(1).Select(contact => contact.Entry.Text), Combination.Result, now);

    private static ContactCard? Read(string text)
    {
        try
        {
            return ContactCard.Read(text);
        }
        catch (InvalidEntryException)
        {
            return null;
        }
    }
}

/// <summary>One of several contacts that become one.</summary>
public sealed record MergedContact(EntryLink Link, Entry Entry, ContactCard Card)
{
    public string Name => Card.FormattedName is { Length: > 0 } name ? name : "(no name)";

    /// <summary>Where its photo is; null where it has none of its own.</summary>
    public string? Photo => Card.Fields.Photo is { IsInline: true } ? ContactPhotoLink.Of(Link, Entry.ETag) : null;
}
