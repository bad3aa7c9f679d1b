using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PeerWeb.Core.Storage;

namespace PeerWeb.Tests.Faults;

/// <summary>A disk that a test can fill and empty: a file system in memory; where none may be mounted, a database that may not grow.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Page = 4096;

    private readonly string _directory = Directory.CreateTempSubdirectory("peerweb-disk-").FullName;
    private readonly PageLimit _limit = new();

    private SmallDisk(int mebibytes) => IsMounted = Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", _directory);

    /// <summary>Whether it is a disk. Else only the entry database is kept from growing.</summary>
    public bool IsMounted { get; }

    /// <summary>On it.</summary>
    public string PathOf(string name) => Path.Combine(_directory, name);

    public static SmallDisk Mount(int mebibytes) => new(mebibytes);

    /// <summary>Makes a host whose data are on it obey where it is no disk.</summary>
    public void Limit(WebApplicationBuilder builder)
    {
        if (!IsMounted)
            builder.Services.ConfigureDbContext<SqliteContext>(options => options.AddInterceptors(_limit));
    }

    /// <summary>Takes all its room but so many bytes.</summary>
    public void Fill(int left = 0)
    {
        _limit.IsFull = true;
        if (!IsMounted)
            return;
        using var filler = new FileStream(PathOf("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[Page]);
        }
        catch (IOException)
        {
            filler.SetLength(filler.Length - filler.Length % Page - (left + Page - 1) / Page * Page);
        }
    }

    public void Free()
    {
        _limit.IsFull = false;
        File.Delete(PathOf("filler"));
    }

    public void Dispose()
    {
        if (IsMounted && !Run("umount", _directory))
            throw new InvalidOperationException($"{_directory} is still in use.");
        Directory.Delete(_directory, recursive: true);
    }

    private static bool Run(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such tool here.
            return false;
        }
    }

    /// <summary>SQLite refuses the page after the last that is there.</summary>
    private sealed class PageLimit : DbConnectionInterceptor
    {
        public bool IsFull { get; set; }

        public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = IsFull ? "PRAGMA max_page_count=1" : "PRAGMA max_page_count=1073741823";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
