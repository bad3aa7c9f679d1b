using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.AddressBooks.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Tests.Features.AddressBooks;

/// <summary>Ada's address book and Sam's, and owners that keep contacts as conditions demand.</summary>
internal sealed class Contacts
{
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 13, 0, 0, TimeSpan.Zero);
    public static readonly Source Mine = NewSource("ada@acme.example", "Personal", 1, Rights.All, isMine: true);
    private readonly Dictionary<(SourceId, Uid), (string Text, ETag ETag)> _entries = [];
    private int _version = 1;

    /// <summary>Everything that was sent.</summary>
    public List<PlannedWrite> Sent { get; } = [];

    public Dictionary<Guid, EntryDraft<ContactForm>> Kept { get; } = [];

    public EntryCalls<ContactForm> Calls => new(
        ContactEntryKind.Instance,
        (source, uid, _) => Task.FromResult<EntryAnswer>(
            _entries.TryGetValue((source, uid), out var entry) ? new EntryAnswer.Found(new Entry(source.Collection, uid, entry.ETag, entry.Text)) : new EntryAnswer.NotFound()),
        (write, _) => Task.FromResult<WriteAnswer>(new WriteAnswer.Decided(Write(write))),
        _ => Task.FromResult<IReadOnlyList<KeptDraft<ContactForm>>>([]),
        (id, draft, _) =>
        {
            Kept[id] = EntryDraft.Read(JsonSerializer.Serialize(draft, ContactEntryKind.Instance.Drafts), ContactEntryKind.Instance) ?? throw new InvalidOperationException("The draft cannot be read again.");
            return Task.FromResult(true);
        },
        (id, _) =>
        {
            Kept.Remove(id);
            return Task.CompletedTask;
        });

    public static Source Sams(Rights rights) => NewSource("sam@globex.example", "Sam", 2, rights, isMine: false);

    public static EntryScene Scene(params Source[] sources) => new(
        ContactEntryKind.Nouns,
        [new Installation(Domain.Parse("acme.example"), "Acme", IsOwn: true, Status: null), new Installation(Domain.Parse("globex.example"), "Globex", IsOwn: false, Live)],
        sources, new Dictionary<SourceId, string>(), DateTimeZone.Utc, new FakeTimeProvider(Now));

    public static EntryLink Link(Source source, string uid = "card-1") => new(source.Id, Uid.Parse(uid));

    public static MergedEntry Entry(Source source, string uid, string title, ContactDetail detail) =>
        new(source.Id, new EntrySummary(source.Id.Collection, Uid.Parse(uid), ETag.Parse("1.1"), null, title, null, null, IsPrivate: false, detail.ToJson()));

    public string? Text(Source source, string uid = "card-1") => _entries.TryGetValue((source.Id, Uid.Parse(uid)), out var entry) ? entry.Text : null;

    public IReadOnlyList<string> Texts => [.. _entries.Values.Select(entry => entry.Text)];

    public void Put(Source source, string text, string uid = "card-1") => _entries[(source.Id, Uid.Parse(uid))] = (text, Next());

    private static SourceStatus Live => new(SourceState.Live, Instant.FromDateTimeOffset(Now), null);

    private static Source NewSource(string owner, string name, int number, Rights rights, bool isMine) => new(
        new SourceId(Address.Parse(owner), AddressBookApp.AppId, new CollectionId(new Guid(number, 0, 0, new byte[8]))), name, null, rights, isMine, Live);

    private SaveOutcome Write(PlannedWrite write)
    {
        Sent.Add(write);
        var isThere = _entries.TryGetValue((write.Source, write.Uid), out var there);
        if (isThere ? write.ETag != there.ETag : write.ETag is not null)
            return new SaveOutcome.Stale(null);
        if (write.Text is not { } text)
        {
            _entries.Remove((write.Source, write.Uid));
            return new SaveOutcome.Deleted();
        }
        _entries[(write.Source, write.Uid)] = (text, Next());
        return new SaveOutcome.Saved(_entries[(write.Source, write.Uid)].ETag);
    }

    private ETag Next() => ETag.Parse($"1.{_version++}");
}
