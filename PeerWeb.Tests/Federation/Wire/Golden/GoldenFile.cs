using System.Text;
using PeerWeb.Tests.Architecture;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>A file of the frozen wire, <c>Golden/v1</c>: a message as it is sent, and a line feed.</summary>
/// <remarks>With <c>UPDATE_GOLDEN=1</c> in the environment what is written now becomes the file. That is for new files, and for the two that list everything and grow: <c>methods.json</c>, <c>openapi.json</c>. Of any other it is a new version of the peer API.</remarks>
internal static class GoldenFile
{
    private const string Frozen =
        "Version 1 of the peer API is frozen: installations that run speak it as it is. What is added is an optional member, a new call or a new kind of message, "
        + "with a golden file of its own (UPDATE_GOLDEN=1 writes it) and no change to those that are there. Anything else is version 2, beside this one.";

    public static string Folder { get; } = Path.Combine(SourceTree.Root, "PeerWeb.Tests", "Federation", "Wire", "Golden", "v1");

    public static bool IsUpdating { get; } = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Without the last line feed.</summary>
    public static string Read(string name)
    {
        var path = Path.Combine(Folder, name);
        Assert.True(File.Exists(path), $"{name} is not there. {Frozen}");
        var text = File.ReadAllText(path);
        Assert.True(text.EndsWith('\n'), $"{name} has no last line feed.");
        return text[..^1];
    }

    public static void Equal(string name, ReadOnlySpan<byte> written) => Equal(name, Encoding.UTF8.GetString(written));

    public static void Equal(string name, string written)
    {
        if (IsUpdating)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, name), written + "\n");
            return;
        }
        var golden = Read(name);
        var same = golden.Zip(written).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(golden == written, $"{name} is written otherwise from character {same} on:\n{Around(golden, same)}\n{Around(written, same)}\n{Frozen}");
    }

    private static string Around(string text, int position) => text[Math.Max(0, position - 40)..Math.Min(text.Length, position + 60)];
}
