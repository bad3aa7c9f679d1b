using PeerWeb.Core.Entries;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>Who may refer to whom, outside of the pages.</summary>
public sealed class DependencyRules
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

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

    [Fact]
    public void The_guard_alone_makes_a_scope()
    {
        string[] makes = [$"{typeof(Scope).FullName}::{nameof(Scope.Of)}", $"{typeof(Scope).FullName}::.ctor"];

        Assert.Equal(
            [typeof(GuardedEntryStore).FullName, typeof(Scope).FullName],
            Code.Types.Where(type => makes.Any(type.Calls.Contains)).Select(type => type.Name).Order(StringComparer.Ordinal));
    }
}
