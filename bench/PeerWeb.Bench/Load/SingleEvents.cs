using PeerWeb.Bench.Data;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Bench.Load;

/// <summary>New events of about 1 kB without a rule, one after the other, for several who save at once.</summary>
internal sealed class SingleEvents(int seed)
{
    private const int Different = 2_000;

    // The zone in front of the event has rules of its own.
    private readonly (Uid Uid, string Text)[] _texts =
        [.. new BenchCalendar(seed, Different).Texts().Where(entry => !entry.Text.AsSpan(entry.Text.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal)).Contains("RRULE", StringComparison.Ordinal))];

    private int _made;

    /// <summary>Saves the next one, durably.</summary>
    public async Task SaveAsync(IEntryStore store, CollectionId id, string actor, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _made);
        var (known, text) = _texts[number % _texts.Length];
        var uid = Uid.Parse($"{number}-{known.Value}");
        var write = new EntryWrite(id, uid, text.Replace(known.Value, uid.Value, StringComparison.Ordinal), new Precondition.Absent());
        var outcomes = await store.SaveAsync([write], new Delivery(actor, Guid.NewGuid().ToString("N"), new string('0', 64)), cancellationToken);
        if (outcomes is not [SaveOutcome.Saved])
            throw new InvalidOperationException($"An event was not saved: {outcomes[0]}");
    }
}
