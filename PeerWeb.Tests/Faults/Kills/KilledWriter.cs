using System.Globalization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Faults.Kills;

/// <summary>One user who adds events and changes them, one write after the other; what got no answer is sent again as it was.</summary>
internal sealed class KilledWriter(int number, CollectionId calendar, Random random)
{
    private (EntryWrite Write, Delivery Delivery)? _unanswered;

    /// <summary>The version of each entry that the owner named last.</summary>
    public Dictionary<Uid, ETag> Acknowledged { get; } = [];

    public int Answered { get; private set; }

    /// <summary>Why the last write that got no answer got none.</summary>
    public string? NoAnswer { get; private set; }

    public bool HasUnanswered => _unanswered is not null;

    /// <returns>False where no answer came, or the owner said that its database is gone.</returns>
    /// <exception cref="InvalidOperationException">The owner decided against it: something acknowledged is not there, or not as it was.</exception>
    public async Task<bool> SaveAsync(IEntryStore store, CancellationToken cancellationToken)
    {
        var (write, delivery) = _unanswered ??= Next();
        try
        {
            var outcomes = await store.SaveAsync([write], delivery, cancellationToken);
            Acknowledged[write.Uid] = outcomes is [SaveOutcome.Saved saved] ? saved.ETag : throw new InvalidOperationException($"{write.Uid} came to {outcomes[0]}.");
        }
        catch (Exception gone) when (gone is PeerUnavailableException or PeerRefusedException { Slug: PeerProblems.StorageBroken or PeerProblems.StorageBusy })
        {
            NoAnswer = gone.Message;
            return false;
        }
        _unanswered = null;
        Answered++;
        return true;
    }

    public static string Event(string uid, string summary) => string.Join(
        "\r\n", "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Kills//EN", Component(uid, summary), "END:VCALENDAR", string.Empty);

    public static string Component(string uid, string summary) => string.Join(
        "\r\n", "BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20260101T000000Z", "DTSTART:20261110T090000Z", "DTEND:20261110T100000Z", "SUMMARY:" + summary, "END:VEVENT");

    private (EntryWrite Write, Delivery Delivery) Next()
    {
        var isNew = Acknowledged.Count == 0 || random.Next(2) == 0;
        var (uid, precondition) = isNew
            ? (Uid.Parse($"event-{number}-{Answered}"), (Precondition)new Precondition.Absent())
            : Acknowledged.ElementAt(random.Next(Acknowledged.Count)) is var known ? (known.Key, new Precondition.Match(known.Value)) : default;
        var write = new EntryWrite(calendar, uid, Event(uid.Value, $"Write {Answered} of {number}"), precondition);
        return (write, Delivery.Of("sam", write, string.Create(CultureInfo.InvariantCulture, $"writer-{number:D2}-write-{Answered:D8}")));
    }
}
