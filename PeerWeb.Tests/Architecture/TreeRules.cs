using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>Folders are nouns of the domain, and files are short.</summary>
public sealed class TreeRules
{
    private const int LongestFile = 300;

    [Fact]
    public void No_folder_is_a_drawer_for_everything()
    {
        string[] drawers = ["Services", "Helpers", "Utils", "Common", "Managers", "Models"];

        Assert.Contains("PeerWeb.Core/Sharing", SourceTree.Folders);
        Assert.DoesNotContain(SourceTree.Folders, folder => drawers.Contains(folder.Split('/')[^1], StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_source_file_has_at_most_300_lines()
    {
        Assert.True(SourceTree.Files.Count > 200);
        Assert.DoesNotContain(SourceTree.Files.Select(file => $"{file}: {SourceTree.Lines(file)}"), line => int.Parse(line.Split(": ")[1], null) > LongestFile);
    }

    [Fact]
    public void The_store_of_states_is_small_enough_to_be_replaced() =>
        Assert.InRange(SourceTree.Files.Where(file => file.StartsWith("PeerWeb/Flux/", StringComparison.Ordinal)).Sum(SourceTree.Lines), 1, 300);
}
