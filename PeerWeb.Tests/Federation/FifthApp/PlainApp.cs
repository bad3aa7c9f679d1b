using System.Runtime.CompilerServices;
using System.Text;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;

namespace PeerWeb.Tests.Federation.FifthApp;

/// <summary>An app that the product has never heard of: an entry is a few lines of plain text and has no time.</summary>
internal sealed class PlainApp : IApp
{
    public static readonly AppId AppId = AppId.Parse("plain");

    public AppId Id => AppId;

    public string CollectionNoun => "pile";

    public string MediaType => "text/plain";

    public IndexedEntry Index(string text, TimeRange horizon)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string? ValueOf(string name) => Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        if (Encoding.UTF8.GetByteCount(text) > Entry.MaxBytes || !Uid.TryParse(ValueOf("UID:") ?? "", out var uid) || ValueOf("TITLE:") is not { } title)
            throw new InvalidEntryException("The text has no UID or no title, or is too long.", line: 1);
        return new IndexedEntry(
            uid, text, title, Folding.Fold(title), IsPrivate: ValueOf("CLASS:") is not (null or "PUBLIC"), First: null, Last: null, IsUnbounded: false, Detail: "{}", Instances: []);
    }

    public IReadOnlyList<IndexedInstance> Expand(string text, TimeRange range, DateTimeZone viewer, int limit) => [];

    public bool IsSame(string stored, string text) => stored == text;

    public async IAsyncEnumerable<FileEntry> SplitAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var uid = Index(text, new TimeRange(Instant.MinValue, Instant.MaxValue)).Uid;
        yield return new FileEntry.Readable(1, uid.Value, 1, uid, text, []);
    }

    public async Task JoinAsync(IAsyncEnumerable<Entry> entries, Stream file, Action<SkippedEntry> onSkipped, CancellationToken cancellationToken)
    {
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            await file.WriteAsync(Encoding.UTF8.GetBytes(entry.Text), cancellationToken);
    }
}

internal sealed class PlainSamples : AppSamples
{
    public override AppId App => PlainApp.AppId;

    public override bool IsTimed => false;

    public override string Broken => "nonsense";

    public override string Of(string uid, string title, int day = 10, params string[] more) =>
        string.Concat(((string[])[$"UID:{uid}", $"TITLE:{title}", $"DAY:{day}", .. more]).Select(line => line + "\r\n"));

    public override string? Untimed(string uid, string title) => null;

    public override string? Weekly(string uid, string title) => null;
}
