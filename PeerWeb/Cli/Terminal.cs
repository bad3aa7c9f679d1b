using System.Text;

namespace PeerWeb.Cli;

/// <summary>Where a command reads and writes; tests give it strings. <c>ReadSecret</c> reads a line without showing it, and is null where nobody types.</summary>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, Func<string>? ReadSecret)
{
    /// <summary>Standard input as octets, for a file that is piped in.</summary>
    public Func<Stream> OpenIn { get; init; } = () => Stream.Null;

    /// <summary>Standard output as octets.</summary>
    public Func<Stream> OpenOut { get; init; } = () => Stream.Null;

    /// <summary>Columns of the error stream where a person watches it; null where it goes elsewhere.</summary>
    public int? Columns { get; init; }

    public static Terminal OfProcess() => new(Console.In, Console.Out, Console.Error, Console.IsInputRedirected ? null : ReadHidden)
    {
        OpenIn = () => new LeavableStream(Console.OpenStandardInput()),
        OpenOut = Console.OpenStandardOutput,
        Columns = Console.IsErrorRedirected ? null : Math.Max(40, Console.WindowWidth),
    };

    private static string ReadHidden()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        return typed.ToString();
    }
}
