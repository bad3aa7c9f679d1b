using PeerWeb.Core.Entries;
using PeerWeb.Core.Notes;
using PeerWeb.Tests.Conformance;
using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>A new app is one folder in Core, one in Features and one registration: nothing else knows which apps there are.</summary>
public sealed class AppRules
{
    /// <summary>Folders of Core and of Features.</summary>
    private static readonly string[] Apps = ["Calendars", "Todos", "AddressBooks", "Notes"];

    private static readonly string[] Ids = [.. AppSamples.All.Select(samples => samples.App.Value)];

    /// <summary>Who may refer to apps, and why.</summary>
    private static readonly Dictionary<string, string> Registrations = new()
    {
        ["PeerWeb.Shell.EntriesSetup"] = "registers each app",
        ["PeerWeb.Program"] = "registers each app's pages",
    };

    /// <summary>Files with a literal like an app's id, and why.</summary>
    private static readonly Dictionary<string, string> Literals = new()
    {
        ["PeerWeb.Core/Formats/ICalendar/ComponentKind.cs"] = "the noun of a VTODO in a sentence",
        ["PeerWeb.Core/Formats/ICalendar/Editing/PropertyWords.cs"] = "the word for DESCRIPTION",
        ["PeerWeb/Cli/ExportCommand.cs"] = "what is meant where --app is left out, since before there were other apps",
        ["PeerWeb/Cli/ImportCommand.cs"] = "what is meant where --app is left out, since before there were other apps",
    };

    public static TheoryData<string> AppNames => [.. Apps];

    private static IEnumerable<string> Namespaces => Apps.SelectMany(NamespacesOf);

    [Theory]
    [MemberData(nameof(AppNames))]
    public void An_app_knows_no_other_app_no_database_and_no_peer_api(string app)
    {
        var others = Apps.Where(other => other != app).SelectMany(NamespacesOf).ToList();

        Assert.NotEmpty(Code.In($"PeerWeb.Core.{app}"));
        Assert.NotEmpty(Code.In($"PeerWeb.Features.{app}"));
        Assert.Empty(Code.References(Code.In($"PeerWeb.Core.{app}"), [.. others, "Microsoft.EntityFrameworkCore", "Refit", "PeerWeb.Core.Storage", "PeerWeb.Core.Federation"]));
        Assert.Empty(Code.References(Code.In($"PeerWeb.Features.{app}"), others));
    }

    [Fact]
    public void Nothing_else_knows_an_app_but_its_registration_and_the_demo()
    {
        var rest = Code.OutsideOf([.. Namespaces, "PeerWeb.Demo"]).ToList();

        Assert.Empty(Code.References(rest.Where(type => !Registrations.ContainsKey(type.Name)), Namespaces));
        Assert.All(Registrations.Keys, name => Assert.NotEmpty(Code.References(rest.Where(type => type.Name == name), Namespaces)));
    }

    [Fact]
    public void No_other_file_says_an_apps_id()
    {
        var folders = Apps.SelectMany(app => new[] { $"PeerWeb.Core/{app}/", $"PeerWeb/Features/{app}/" }).Append("PeerWeb/Demo/").ToList();
        var naming = SourceTree.Files
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !folders.Exists(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => SaysAnId(SourceTree.Text(file)));

        Assert.Equal(Literals.Keys.Order(StringComparer.Ordinal), naming.Order(StringComparer.Ordinal));
    }

    /// <summary>Not in a remark either.</summary>
    [Theory]
    [InlineData("Sharing")]
    [InlineData("Peers")]
    [InlineData("Federation")]
    [InlineData("Sync")]
    [InlineData("Storage")]
    public void What_serves_all_apps_names_none(string shared)
    {
        Assert.Empty(Code.References(Code.In($"PeerWeb.Core.{shared}"), Namespaces));
        Assert.DoesNotContain(
            SourceTree.Files.Where(file => file.StartsWith($"PeerWeb.Core/{shared}/", StringComparison.Ordinal)),
            file => Ids.Any(id => SourceTree.Text(file).Contains($"\"{id}\"", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_rules_can_fail()
    {
        Assert.NotEmpty(Code.References(Code.Tests.Where(type => type.Name == typeof(AppSamples).FullName), Namespaces));
        Assert.NotEmpty(Code.References(Code.In(typeof(NoteApp).Namespace ?? ""), typeof(IApp).FullName ?? ""));
        Assert.True(SaysAnId("    if (app == \"Todo\")"));
        Assert.False(SaysAnId("    /// <param name=\"Noun\">\"calendar\".</param>\r\n    var todo = 1;"));
        Assert.True(SaysAnId("    var app = \"notes\"; // its id"));
    }

    private static string[] NamespacesOf(string app) => [$"PeerWeb.Core.{app}", $"PeerWeb.Features.{app}"];

    /// <summary>Remarks may.</summary>
    private static bool SaysAnId(string text) => text.Split('\n').Any(line =>
        !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Ids.Any(id => line.Contains($"\"{id}\"", StringComparison.OrdinalIgnoreCase)));
}
