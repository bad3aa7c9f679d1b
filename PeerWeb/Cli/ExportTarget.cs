namespace PeerWeb.Cli;

/// <summary>Where an export goes: a file that is there whole or not at all, or a device or pipe that takes it as it comes.</summary>
internal static class ExportTarget
{
    /// <param name="path">A link stays one: what it leads to is written.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var whole = Path.GetFullPath(path);
        if (IsDevice(whole))
        {
            await using var device = OpenThere(whole);
            await write(device);
            return;
        }
        var link = new FileInfo(whole);
        if (link.LinkTarget is not null)
            whole = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? whole;
        if (File.Exists(whole))
        {
            // Nothing but opening it tells a pipe from a file.
            await using var there = OpenThere(whole);
            if (!there.CanSeek || IsDevice(whole))
            {
                await write(there);
                return;
            }
        }
        var part = $"{whole}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (var output = Create(part))
                await write(output);
            File.Move(part, whole, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>What replaces such a file would put an ordinary one in its place.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/proc/", StringComparison.Ordinal) || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)));

    private static FileStream OpenThere(string path) => new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite });

    /// <summary>Private entries may be in it.</summary>
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
