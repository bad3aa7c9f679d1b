using System.Runtime.CompilerServices;

namespace PeerWeb.Tests.Architecture;

/// <summary>The repository as files: what the compiler does not keep.</summary>
internal static class SourceTree
{
    private static readonly string[] Products = ["PeerWeb", "PeerWeb.Core", "wwwroot-assets"];
    private static readonly string[] Sources = [".cs", ".razor", ".css", ".js"];

    public static string Root { get; } = Find();

    /// <summary>Source files of the product, relative to the root; migrations are generated and not among them.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Products
        .SelectMany(product => Directory.EnumerateFiles(Path.Combine(Root, product), "*", SearchOption.AllDirectories))
        .Where(file => Sources.Contains(Path.GetExtension(file), StringComparer.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !IsGenerated(file))
        .Order(StringComparer.Ordinal)];

    /// <summary>Folders of the repository that hold something of ours, relative to the root.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories)
        .Select(folder => Path.GetRelativePath(Root, folder).Replace('\\', '/'))
        .Where(folder => !folder.StartsWith('.') && !IsGenerated(folder + "/"))];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static int Lines(string file) => File.ReadLines(Path.Combine(Root, file)).Count();

    private static bool IsGenerated(string path) => path.Split('/').Any(part => part is "bin" or "obj" or "Migrations" or "TestResults");

    private static string Find([CallerFilePath] string self = "")
    {
        // Beside the sources, or above the assembly where paths of the build were made deterministic.
        foreach (var start in new[] { Path.GetDirectoryName(self), AppContext.BaseDirectory })
        {
            for (var folder = start is { Length: > 0 } && Directory.Exists(start) ? new DirectoryInfo(start) : null; folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "PeerWeb.sln")))
                    return folder.FullName;
            }
        }
        throw new InvalidOperationException("The repository is not where its tests were built.");
    }
}
