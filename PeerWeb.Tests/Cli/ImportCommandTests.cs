using System.Text.Json;
using Microsoft.Data.Sqlite;
using PeerWeb.Cli;
using Xunit;

namespace PeerWeb.Tests.Cli;

public sealed class ImportCommandTests : IAsyncLifetime
{
    private const string Calendar = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Example//Tests//EN
        BEGIN:VEVENT
        UID:cli-1@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART:20260512T080000Z
        SUMMARY:Glaze samples
        END:VEVENT
        BEGIN:VEVENT
        UID:cli-2@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART:tomorrow
        SUMMARY:Broken
        END:VEVENT
        BEGIN:VEVENT
        UID:cli-3@tests.example
        DTSTAMP:20260101T000000Z
        DTSTART;VALUE=DATE:20260513
        SUMMARY:Kiln closed
        END:VEVENT
        END:VCALENDAR

        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-cli-");

    private string FilePath => Path.Combine(_directory.FullName, "studio.ics");

    public async ValueTask InitializeAsync()
    {
        (await RunAsync("correct horse battery\n", "user", "add", "ada", "--password-stdin")).Succeeded();
        await WriteAsync(Calendar);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_file_is_added_then_unchanged_then_updated_and_what_is_broken_is_named_each_time()
    {
        var preview = (await ImportAsync("--dry-run")).SucceededPartly();
        Assert.EndsWith("2 would be added, 0 updated, 0 unchanged, 1 cannot be imported. Nothing was written.\n", preview.Out, StringComparison.Ordinal);

        var first = (await ImportAsync()).SucceededPartly();
        Assert.EndsWith("2 added, 0 updated, 0 unchanged, 1 failed.\n", first.Out, StringComparison.Ordinal);
        Assert.Contains("Broken: ", first.Out, StringComparison.Ordinal);
        Assert.Contains("(line 13)", first.Out, StringComparison.Ordinal);

        var second = (await ImportAsync()).SucceededPartly();
        Assert.EndsWith("0 added, 0 updated, 2 unchanged, 1 failed.\n", second.Out, StringComparison.Ordinal);

        await WriteAsync(Calendar.Replace("Glaze samples", "Glaze and clay", StringComparison.Ordinal));
        var third = (await ImportAsync("--output", "json")).SucceededPartly().JsonLines;
        var counts = third[^1];
        Assert.Equal((0, 1, 1, 1), (Count(counts, "added"), Count(counts, "updated"), Count(counts, "unchanged"), Count(counts, "failed")));
        Assert.Equal(["updated", "failed", "unchanged"], third.SkipLast(1).Select(line => line.GetProperty("outcome").GetString()));
        Assert.Equal((2, "Broken", 13), (Count(third[1], "number"), third[1].GetProperty("label").GetString(), Count(third[1], "line")));
    }

    [Fact]
    public async Task What_is_exported_and_imported_again_is_unchanged_through_files_and_pipes()
    {
        (await ImportAsync()).SucceededPartly();
        (await ImportAsync("--calendar", "Studio")).SucceededPartly();

        var piped = (await RunAsync("", "export", "--user", "ada", "--calendar", "Studio")).Succeeded();
        Assert.Equal(2, piped.Out.Split("BEGIN:VEVENT").Length - 1);
        var again = (await RunAsync(piped.Out, "import", "-", "--user", "ada", "--calendar", "Studio")).Succeeded();
        Assert.Equal("0 added, 0 updated, 2 unchanged, 0 failed.\n", again.Out);

        (await RunAsync("", "export", FilePath, "--user", "ada", "--all", "--from", "2026-05-13", "--to", "2026-05-13")).Succeeded();
        var day = await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken);
        Assert.Equal(2, day.Split("SUMMARY:Kiln closed").Length - 1);
        Assert.DoesNotContain("Glaze", day, StringComparison.Ordinal);
        Assert.Equal(["studio.ics"], _directory.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_any_more_is_named_and_the_others_are_exported()
    {
        (await ImportAsync()).SucceededPartly();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, "data", "entries.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE entries SET \"Text\" = 'BEGIN:VCALENDAR' WHERE \"Uid\" = 'cli-1@tests.example'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var run = await RunAsync("", "export", "--user", "ada", "--all");

        Assert.Equal((3, "cli-1@tests.example: VCALENDAR has no END. (line 1)\n1 entry is not in the file.\n"), (run.Code, run.Error));
        Assert.Contains("SUMMARY:Kiln closed", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_cannot_begin_is_one_sentence_and_leaves_no_file()
    {
        (await RunAsync("", "export", FilePath + "x", "--user", "ada", "--calendar", "Nothing")).FailedWith("ada has no collection named Nothing.");
        (await RunAsync("", "export", FilePath + "x", "--user", "ada", "--all", "--from", "tomorrow")).FailedWith("tomorrow is no day; days are written as 2026-12-31.");
        Assert.Equal(2, (await RunAsync("", "export", FilePath + "x", "--user", "ada")).Code);
        Assert.False(File.Exists(FilePath + "x"));
    }

    [Fact]
    public async Task Another_collection_is_another_calendar()
    {
        (await ImportAsync()).SucceededPartly();

        var other = (await ImportAsync("--to", "Studio")).SucceededPartly();

        Assert.EndsWith("2 added, 0 updated, 0 unchanged, 1 failed.\n", other.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_begin_is_one_sentence_and_exit_code_1()
    {
        (await RunAsync("", "import", FilePath, "--user", "eve")).FailedWith("There is no user eve.");
        (await RunAsync("", "import", FilePath, "--user", "ada", "--app", "chess")).FailedWith("There is no app chess.");
        (await RunAsync("", "import", FilePath + "x", "--user", "ada")).FailedWith($"There is no file {FilePath}x.");
    }

    [Fact]
    public async Task An_import_that_breaks_off_says_why_and_what_is_done()
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, output, error, ReadSecret: null) { OpenIn = () => new BrokenPipe() };

        var code = await new CommandLine(terminal, null).RunAsync(
            ["import", "-", "--user", "ada", "--data", Path.Combine(_directory.FullName, "data")], TestContext.Current.CancellationToken);

        Assert.Equal((1, "The pipe is gone.\n"), (code, error.ToString()));
        Assert.Equal(
            "It broke off. What is counted here is done and stays; the same import goes on from there.\n0 added, 0 updated, 0 unchanged, 0 failed.\n", output.ToString());
    }

    [Fact]
    public async Task A_pipe_into_which_nobody_writes_can_be_left()
    {
        using var never = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        await using var input = new LeavableStream(new SilentPipe(never));

        var reading = input.ReadAsync(new byte[10], cancel.Token).AsTask();
        Assert.False(reading.IsCompleted);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        never.Set();
    }

    private static int Count(JsonElement counts, string name) => counts.GetProperty(name).GetInt32();

    private Task<CliRun> ImportAsync(params string[] options) => RunAsync("", ["import", FilePath, "--user", "ada", .. options]);

    private Task<CliRun> RunAsync(string input, params string[] args) => CliRun.OfAsync([.. args, "--data", Path.Combine(_directory.FullName, "data")], input: input);

    private Task WriteAsync(string text) => File.WriteAllTextAsync(FilePath, text.ReplaceLineEndings("\r\n"), TestContext.Current.CancellationToken);

    private sealed class BrokenPipe : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The pipe is gone.");
    }

    private sealed class SilentPipe(ManualResetEventSlim end) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            end.Wait(TestContext.Current.CancellationToken);
            return 0;
        }
    }
}
