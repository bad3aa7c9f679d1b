using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Storage;

namespace PeerWeb.Bench.Import;

/// <summary>Contacts out of a file of cards and out of a table, imported into an empty database with every commit on the disk, beside reading and indexing them without one.</summary>
internal sealed class ContactImportFigures : IFigures
{
    private const int Count = 20_000;
    private const int WarmUps = 2;
    private const int Rounds = 5;

    /// <summary>Contacts a second into SQLite.</summary>
    private const double Least = 5_000;

    private static readonly UserName Ada = UserName.Parse("ada");

    private static readonly TimeRange Horizon = new(NodaTime.Instant.FromUtc(2026, 5, 1, 0, 0), NodaTime.Instant.FromUtc(2028, 5, 1, 0, 0));

    public string Name => "contacts";

    public string Description => "20,000 contacts out of a vCard file and a table into SQLite, beside reading and indexing them";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (cards, table) = (run.Folder.PathOf("contacts.vcf"), run.Folder.PathOf("contacts.csv"));
        await File.WriteAllTextAsync(cards, string.Concat(new BenchCards(run.Seed, CardVersion.V30).Texts(Count)), cancellationToken);
        await using (var file = File.Create(table))
            await CsvExport.WriteAsync(EntriesOf(run.Seed), file, skipped => throw new InvalidOperationException(skipped.Reason), cancellationToken);
        var number = 0;
        string Database() => run.Folder.PathOf($"contacts-{number++}.db");
        var samples = await Contest.RunAsync(
            [
                new Contender("cards read", token => ReadAsync(new AddressBookApp().SplitAsync, cards, token)),
                new Contender("cards imported", token => ImportAsync(Database(), new AddressBookApp().SplitAsync, cards, token)),
                new Contender("rows read", token => ReadAsync(Rows, table, token)),
                new Contender("rows imported", token => ImportAsync(Database(), Rows, table, token)),
            ],
            WarmUps, Rounds, cancellationToken);
        return [FigureOf("vCard 3.0", cards, samples[1], samples[0]), FigureOf("table", table, samples[3], samples[2])];
    }

    private static IAsyncEnumerable<FileEntry> Rows(Stream file, CancellationToken cancellationToken) => CsvContacts.ReadAsync(file, null, cancellationToken);

    private static IAsyncEnumerable<Entry> EntriesOf(int seed) =>
        new BenchCards(seed, CardVersion.V40).Texts(Count).Select((text, i) => new Entry(CollectionId.New(), Uid.Parse(string.Create(CultureInfo.InvariantCulture, $"contact-{i}")), ETag.Parse("1"), text)).ToAsyncEnumerable();

    private static Figure FigureOf(string form, string file, Samples imported, Samples read)
    {
        var (rate, core) = (Count / imported.Median.TotalSeconds, Count / imported.CoreTime.TotalSeconds);
        var octets = new FileInfo(file).Length / Count;
        return new Figure(
            string.Create(CultureInfo.InvariantCulture, $"contacts: {Count:N0} of a {form} of {octets} octets each into SQLite, a second"),
            $"{Figure.Count(rate)}, {Figure.Count(core)} a second of core time ({imported})",
            $"read and indexed: {Figure.Count(Count / read.CoreTime.TotalSeconds)} a second of core time ({read})",
            $"at least {Figure.Count(Least)}", rate >= Least);
    }

    private static async Task ReadAsync(Func<Stream, CancellationToken, IAsyncEnumerable<FileEntry>> split, string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var (app, count) = (new AddressBookApp(), 0);
        await foreach (var entry in split(stream, cancellationToken))
            count += entry is FileEntry.Readable card && app.Index(card.Text, Horizon).Title.Length > 0 ? 1 : 0;
        Check(count);
    }

    private static async Task ImportAsync(
        string databaseFile, Func<Stream, CancellationToken, IAsyncEnumerable<FileEntry>> split, string file, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.CreateAsync(databaseFile, cancellationToken);
        var id = await database.Services.GetRequiredService<SqlCollections>().CreateAsync(Ada, AddressBookApp.AppId, "Bench", color: null, cancellationToken);
        await using var stream = File.OpenRead(file);
        var added = 0;
        await foreach (var result in EntryImport.RunAsync(
            database.StoreOf(Ada), new AddressBookApp(), id, Ada.Value, token => split(stream, token), ImportPace.Database, cancellationToken))
            added += result.Outcome == ImportOutcome.Added ? 1 : 0;
        Check(added);
    }

    private static void Check(int count)
    {
        if (count != Count)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{count} of {Count} contacts."));
    }
}
