using PeerWeb.Core.Entries;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>Who may refer to whom, outside of the pages.</summary>
public sealed class DependencyRules
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

    /// <summary>Apps that are there, and those that the names are kept for.</summary>
    private static readonly string[] Apps = ["Calendars", "Todos", "AddressBooks", "Notes"];

    /// <summary>What serves all apps alike.</summary>
    private static readonly string[] Shared = ["Sharing", "Peers", "Federation", "Sync", "Storage"];

    public static TheoryData<string> AppNames => [.. Apps];

    public static TheoryData<string> SharedNames => [.. Shared];

    [Fact]
    public void The_core_knows_nothing_of_web_pages()
    {
        var known = typeof(IApp).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name ?? string.Empty);

        Assert.DoesNotContain(known, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name is "MudBlazor" or "PeerWeb");
    }

    [Fact]
    public void Primitives_stand_on_nothing_of_ours()
    {
        var ours = Code.Types.Select(type => type.Namespace).Distinct().Where(space => space != "PeerWeb.Core.Primitives");
        var names = ours.SelectMany(space => Code.In(space)).Where(type => !type.IsIn("PeerWeb.Core.Primitives")).Select(type => type.Name);

        Assert.Empty(Code.References(Code.In("PeerWeb.Core.Primitives"), names));
    }

    [Theory]
    [MemberData(nameof(AppNames))]
    public void An_app_knows_no_other_app_no_database_and_no_peer_api(string app)
    {
        var others = Apps.Where(other => other != app).Select(other => $"PeerWeb.Core.{other}");

        Assert.Empty(Code.References(Code.In($"PeerWeb.Core.{app}"), [.. others, EntityFramework, "Refit", "PeerWeb.Core.Storage", "PeerWeb.Core.Federation"]));
    }

    [Fact]
    public void Storage_and_federation_never_meet()
    {
        Assert.Empty(Code.References(Code.In("PeerWeb.Core.Storage"), "PeerWeb.Core.Federation"));
        Assert.Empty(Code.References(Code.In("PeerWeb.Core.Federation"), "PeerWeb.Core.Storage"));
    }

    [Fact]
    public void Entity_framework_is_known_to_storage_and_identity_alone() =>
        Assert.Empty(Code.References(Code.OutsideOf("PeerWeb.Core.Storage", "PeerWeb.Identity"), EntityFramework, "Microsoft.Data.Sqlite"));

    [Fact]
    public void Refit_is_known_to_federation_alone() =>
        Assert.Empty(Code.References(Code.OutsideOf("PeerWeb.Core.Federation"), "Refit"));

    [Theory]
    [MemberData(nameof(SharedNames))]
    public void What_serves_all_apps_names_none(string shared)
    {
        Assert.Empty(Code.References(Code.In($"PeerWeb.Core.{shared}"), Apps.Select(app => $"PeerWeb.Core.{app}")));
        string[] literals = ["\"calendar\"", "\"todo\"", "\"addressbook\"", "\"notes\""];
        Assert.DoesNotContain(
            SourceTree.Files.Where(file => file.StartsWith($"PeerWeb.Core/{shared}/", StringComparison.Ordinal)),
            file => literals.Any(literal => SourceTree.Text(file).Contains(literal, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_guard_alone_makes_a_scope()
    {
        string[] makes = [$"{typeof(Scope).FullName}::{nameof(Scope.Of)}", $"{typeof(Scope).FullName}::.ctor"];

        Assert.Equal(
            [typeof(GuardedEntryStore).FullName, typeof(Scope).FullName],
            Code.Types.Where(type => makes.Any(type.Calls.Contains)).Select(type => type.Name).Order(StringComparer.Ordinal));
    }
}
