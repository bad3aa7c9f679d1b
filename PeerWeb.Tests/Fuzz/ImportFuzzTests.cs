using System.Text;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.AddressBooks.Csv;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Files that are spoilt: each entry is read or refused with a reason, and what is read can be asked for and written again.</summary>
public sealed class ImportFuzzTests
{
    private const int Inputs = 6_000;

    /// <summary>What a file holds at most of each kind, on average: entries or rows that are read, and such that are refused.</summary>
    private const int EntriesOfFile = 2;

    private const int RowsOfTable = 6;

    private static readonly TimeRange Horizon = new(Instant.FromUtc(2026, 5, 1, 0, 0), Instant.FromUtc(2028, 5, 1, 0, 0));

    [Theory]
    [InlineData("calendar", 1, Inputs / 2)]
    [InlineData("calendar", 2, Inputs / 2)]
    [InlineData("todo", 3, Inputs / 4)]
    [InlineData("notes", 4, Inputs / 4)]
    [InlineData("addressbook", 5, Inputs / 2)]
    public Task A_spoilt_file_is_read_or_refused_and_never_more(string app, int seed, int inputs)
    {
        var reader = EntryTexts.AppOf(app);
        return SpoilAsync(reader, EntryTexts.Of(app), seed, inputs, EntriesOfFile, file => reader.SplitAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public Task A_spoilt_table_is_read_or_refused_and_never_more() =>
        SpoilAsync(new AddressBookApp(), EntryTexts.Tables, 6, Inputs / 2, RowsOfTable, file => CsvContacts.ReadAsync(file, mapping: null, TestContext.Current.CancellationToken));

    private static async Task SpoilAsync(IApp app, IReadOnlyList<string> texts, int seed, int inputs, int most, Func<Stream, IAsyncEnumerable<FileEntry>> split)
    {
        var mutator = new Mutator(seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < inputs; i++)
        {
            var file = mutator.Spoil(Encoding.UTF8.GetBytes(mutator.Any(texts)));
            try
            {
                foreach (var entry in await HangGuard.RunAsync(() => ReadAsync(split(new MemoryStream(file))).GetAwaiter().GetResult()))
                {
                    if (entry is FileEntry.Readable readable && Indexes(app, readable))
                        read++;
                    else
                        refused++;
                }
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, input {i}: {exception}\n{Encoding.UTF8.GetString(file)}");
            }
        }
        // Both must happen, or nothing was tried.
        Assert.InRange(read, inputs / 10, inputs * most);
        Assert.InRange(refused, inputs / 10, inputs * most);
    }

    private static async Task<List<FileEntry>> ReadAsync(IAsyncEnumerable<FileEntry> file) => await file.ToListAsync(TestContext.Current.CancellationToken);

    private static bool Indexes(IApp app, FileEntry.Readable entry)
    {
        try
        {
            var indexed = app.Index(entry.Text, Horizon);
            Assert.Equal(indexed.Instances.Count, app.Index(indexed.Text, Horizon).Instances.Count);
            _ = app.Expand(indexed.Text, new TimeRange(Instant.FromUtc(2035, 1, 1, 0, 0), Instant.FromUtc(2035, 2, 1, 0, 0)), DateTimeZone.Utc, 3_000);
            return true;
        }
        catch (InvalidEntryException exception)
        {
            Assert.False(string.IsNullOrWhiteSpace(exception.Message));
            return false;
        }
    }
}
