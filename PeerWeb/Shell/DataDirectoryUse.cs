using PeerWeb.Backups;

namespace PeerWeb.Shell;

/// <summary>Who is at the data directory: many commands and one server together, or one restore alone. The locks are the operating system's and end with the process.</summary>
public sealed class DataDirectoryUse(DataDirectory data) : IStartupStep, IDisposable
{
    private const string InUse = "in-use.lock";
    private const string Serving = "serving.lock";

    private FileStream? _use;
    private FileStream? _serving;

    /// <summary>Joins the others, and finishes a restore that was decided and then interrupted.</summary>
    /// <exception cref="DataDirectoryBusyException">A restore is at it.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        Enter();
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="RunAsync"/>
    public void Enter()
    {
        if (_use is not null)
            return;
        _use = Open(InUse, FileShare.Read) ?? throw new DataDirectoryBusyException($"A restore is at work in {data.FullPath}.");
        if (!PreparedRestore.IsThere(data))
            return;
        Leave();
        using (EnterAlone())
            PreparedRestore.Finish(data);
        Enter();
    }

    /// <summary>A second server would not know of the first one's open views, nor of the nonces that it keeps in memory.</summary>
    /// <exception cref="DataDirectoryBusyException">Another process serves this directory.</exception>
    public void Serve() =>
        _serving ??= Open(Serving, FileShare.None) ?? throw new DataDirectoryBusyException($"Another PeerWeb serves {data.FullPath} already.");

    /// <summary>Whether a process serves this directory; changes nothing.</summary>
    public bool IsServed()
    {
        if (!File.Exists(data.PathOf(Serving)))
            return false;
        using var free = Open(Serving, FileShare.None);
        return free is null;
    }

    /// <summary>Keeps everybody else out until it is disposed.</summary>
    /// <exception cref="DataDirectoryBusyException">Somebody is at it.</exception>
    public IDisposable EnterAlone() =>
        Open(InUse, FileShare.None) ?? throw new DataDirectoryBusyException($"PeerWeb, or a command of it, is running on {data.FullPath}. Stop it first.");

    public void Dispose()
    {
        Leave();
        _serving?.Dispose();
        _serving = null;
    }

    private void Leave()
    {
        _use?.Dispose();
        _use = null;
    }

    /// <returns>Null where another process has it otherwise.</returns>
    private FileStream? Open(string name, FileShare share)
    {
        var path = data.PathOf(name);
        try
        {
            if (!File.Exists(path))
                data.EnsureFile(name);
            // For .NET on Unix: None is an exclusive lock, anything else a shared one.
            return new FileStream(path, FileMode.Open, FileAccess.Read, share);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}

/// <summary>The data directory is in use in a way that shuts us out; the message says by whom and what to do.</summary>
public sealed class DataDirectoryBusyException(string sentence) : IOException(sentence);
