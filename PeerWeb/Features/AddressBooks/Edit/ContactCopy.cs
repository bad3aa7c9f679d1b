using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.Edit;

/// <summary>A copy of somebody's contact in an address book of one's own, which says where it came from.</summary>
public static class ContactCopy
{
    /// <param name="known">What is known of <paramref name="into"/>; null of one that was just made.</param>
    /// <returns>What happened, and what takes the copy away again.</returns>
    /// <exception cref="InvalidEntryException">The contact's text is broken.</exception>
    public static async Task<EntryResult.Done> RunAsync(EntryCalls<ContactForm> calls, EntryLink from, SourceId into, Source? known, CancellationToken cancellationToken)
    {
        switch (await calls.Read(from.Source, from.Uid, cancellationToken))
        {
            case EntryAnswer.Found found:
                var uid = Uid.Parse(Guid.NewGuid().ToString("D"));
                var write = PlannedWrite.Save(into, uid, ContactText.CopyOf(found.Entry.Text, uid, from.Source.Owner.ToString()), null);
                return await calls.Write(write, cancellationToken) switch
                {
                    WriteAnswer.Decided { Outcome: SaveOutcome.Saved saved } => new EntryResult.Done(known is null ? "Copied to your new address book." : $"Copied to “{known.Name}”.", [PlannedWrite.Delete(into, uid, saved.ETag)]),
                    WriteAnswer.Decided { Outcome: SaveOutcome.Invalid invalid } => new EntryResult.Done($"It was not copied: {invalid.Reason}"),
                    WriteAnswer.Unavailable unavailable => new EntryResult.Done(SaveWords.Unavailable(known, unavailable)),
                    _ => new EntryResult.Done("It was not copied: your address book does not take it."),
                };
            case EntryAnswer.Unavailable unavailable:
                return new EntryResult.Done($"It was not copied, since it cannot be read now: {unavailable.Reason}");
            default:
                return new EntryResult.Done("It was not copied: this contact is not there any more, or is no longer shared with you.");
        }
    }
}
