using Microsoft.Extensions.Options;

namespace PeerWeb.Shell;

/// <summary>The directory of databases and keys. What is made in it is for the owner of the process only: directories 0700, files 0600.</summary>
public sealed class DataDirectory(IOptions<PeerWebOptions> options, IHostEnvironment environment)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Absolute.</summary>
    public string FullPath { get; } = Path.GetFullPath(options.Value.DataDirectory, environment.ContentRootPath);

    /// <summary>The absolute path of <paramref name="name"/>; nothing is made.</summary>
    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <summary>The absolute path of the file <paramref name="name"/>, made empty where it is missing.</summary>
    public string EnsureFile(string name)
    {
        Ensure(FullPath);
        var path = PathOf(name);
        // Closing a file takes away the locks that this process has on it: those of a database that is open.
        if (File.Exists(path)) return path;
        var settings = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) settings.UnixCreateMode = OwnerOnly;
        File.Open(path, settings).Dispose();
        return path;
    }

    /// <summary>The directory <paramref name="name"/>, made where it is missing.</summary>
    public DirectoryInfo EnsureDirectory(string name)
    {
        Ensure(FullPath);
        return Ensure(PathOf(name));
    }

    private static DirectoryInfo Ensure(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
}
