using System.Text;
using NodaTime;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.ICalendar;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Files that are spoilt: each entry is read or refused with a reason, and what is read can be asked for and written again.</summary>
public sealed class ImportFuzzTests
{
    private const int Inputs = 6_000;

    private static readonly TimeRange Horizon = new(Instant.FromUtc(2026, 5, 1, 0, 0), Instant.FromUtc(2028, 5, 1, 0, 0));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_spoilt_file_is_read_or_refused_and_never_more(int seed)
    {
        var (mutator, app) = (new Mutator(seed), new CalendarApp());
        var (read, refused) = (0, 0);
        for (var i = 0; i < Inputs / 2; i++)
        {
            var file = mutator.Spoil(Encoding.UTF8.GetBytes(mutator.Any(CalendarTexts.All)));
            try
            {
                foreach (var entry in await HangGuard.RunAsync(() => SplitAsync(app, file).GetAwaiter().GetResult()))
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
        Assert.InRange(read, Inputs / 20, Inputs);
        Assert.InRange(refused, Inputs / 20, Inputs);
    }

    private static async Task<List<FileEntry>> SplitAsync(CalendarApp app, byte[] file)
    {
        var entries = new List<FileEntry>();
        await foreach (var entry in app.SplitAsync(new MemoryStream(file), TestContext.Current.CancellationToken))
            entries.Add(entry);
        return entries;
    }

    private static bool Indexes(CalendarApp app, FileEntry.Readable entry)
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
