using System.Diagnostics;
using System.Globalization;

namespace PeerWeb.Bench.Import;

/// <summary>A command of PeerWeb as a process of its own, with its memory at most as the system counts it.</summary>
internal static class MeasuredCommand
{
    /// <returns>The most memory it had, in KiB.</returns>
    public static async Task<long> RunAsync(string[] args, string input, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PeerWeb.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(info) ?? throw new InvalidOperationException("The command did not start.");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(100, cancellationToken);
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The command ended with {process.ExitCode}: {await output}");
        return peak;
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between two looks.
            return 0;
        }
    }
}
