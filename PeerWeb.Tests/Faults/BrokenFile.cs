using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit;

namespace PeerWeb.Tests.Faults;

/// <summary>A file of this process that fails every write with an I/O error, in every descriptor that is open to it, until this is disposed of. Reading goes on.</summary>
/// <remarks>Each descriptor is put aside and replaced by one of the same file that may only read. Not for files that are locked: to close a descriptor gives up the process's locks.</remarks>
internal sealed partial class BrokenFile : IDisposable
{
    private readonly List<(int Descriptor, int Aside)> _broken = [];

    public BrokenFile(string path)
    {
        foreach (var link in Directory.GetFileSystemEntries("/proc/self/fd").Where(link => new FileInfo(link).LinkTarget == path).ToList())
        {
            var descriptor = int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture);
            using var readOnly = File.OpenHandle(path);
            _broken.Add((descriptor, Check(Dup(descriptor))));
            _ = Check(Dup2((int)readOnly.DangerousGetHandle(), descriptor));
        }
        Assert.NotEmpty(_broken);
    }

    public void Dispose()
    {
        foreach (var (descriptor, aside) in _broken)
        {
            _ = Check(Dup2(aside, descriptor));
            _ = Check(Close(aside));
        }
    }

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup2(int from, int to);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
