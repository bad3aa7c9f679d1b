using System.Text;

namespace PeerWeb.Cli;

/// <summary>Where a command reads and writes; tests give it strings. <c>ReadSecret</c> reads a line without showing it, and is null where nobody types.</summary>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, Func<string>? ReadSecret)
{
    public static Terminal OfProcess() => new(Console.In, Console.Out, Console.Error, Console.IsInputRedirected ? null : ReadHidden);

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
