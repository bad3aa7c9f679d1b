using System.Diagnostics;
using System.Text;
using PeerWeb.Cli;
using Xunit;

namespace PeerWeb.Tests.Cli;

public sealed class ExportTargetTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-export-");

    private string FilePath => Path.Combine(_directory.FullName, "all.ics");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_export_that_breaks_off_leaves_what_was_there_and_nothing_else(bool wasThere)
    {
        if (wasThere)
            await File.WriteAllTextAsync(FilePath, "before", Cancellation);

        await Assert.ThrowsAsync<IOException>(() => ExportTarget.WriteAsync(FilePath, async output =>
        {
            await output.WriteAsync("half"u8.ToArray(), Cancellation);
            throw new IOException("The peer fell silent.");
        }));

        Assert.Equal(wasThere ? ["all.ics"] : [], _directory.EnumerateFiles().Select(file => file.Name));
        if (wasThere)
            Assert.Equal("before", await File.ReadAllTextAsync(FilePath, Cancellation));
    }

    [Fact]
    public async Task A_link_stays_a_link_and_the_file_that_it_leads_to_is_written()
    {
        var link = Path.Combine(_directory.FullName, "link.ics");
        await File.WriteAllTextAsync(FilePath, "before", Cancellation);
        File.CreateSymbolicLink(link, "all.ics");

        await ExportTarget.WriteAsync(link, output => WriteAsync(output, "after"));

        Assert.Equal("all.ics", new FileInfo(link).LinkTarget);
        Assert.Equal("after", await File.ReadAllTextAsync(FilePath, Cancellation));
    }

    [Fact]
    public async Task A_pipe_stays_one_and_gets_what_is_written()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (var making = Process.Start("mkfifo", [FilePath]))
            await making.WaitForExitAsync(Cancellation);
        var reading = Task.Run(() => File.ReadAllText(FilePath), Cancellation);

        await ExportTarget.WriteAsync(FilePath, output => WriteAsync(output, "after"));

        Assert.Equal("after", await reading);
        Assert.Equal("all.ics", Assert.Single(_directory.EnumerateFiles()).Name);
    }

    private static async Task WriteAsync(Stream output, string text) => await output.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
}
