using PeerWeb.Core.Federation.Merge;

namespace PeerWeb.Shared;

/// <summary>Sources that stand together in a panel: the viewer's own, those of this installation, those of each peer.</summary>
/// <param name="Status">How the installation stands where that says more than its sources do; else null.</param>
public sealed record SourceGroup(string Title, string Detail, bool IsPeer, SourceStatus? Status, IReadOnlyList<Source> Sources)
{
    /// <param name="ownTitle">What the viewer's own sources are called: "My calendars".</param>
    public static IReadOnlyList<SourceGroup> Of(IReadOnlyList<Installation> installations, IReadOnlyList<Source> sources, string ownTitle)
    {
        var mine = sources.Where(source => source.IsMine).OrderBy(source => source.Name, StringComparer.CurrentCulture).ToList();
        var groups = new List<SourceGroup> { new(ownTitle, string.Empty, false, null, mine) };
        foreach (var installation in installations.OrderByDescending(installation => installation.IsOwn))
        {
            var theirs = sources
                .Where(source => !source.IsMine && source.Id.Owner.Domain == installation.Domain)
                .OrderBy(source => source.Id.Owner.User)
                .ThenBy(source => source.Name, StringComparer.CurrentCulture)
                .ToList();
            if (installation.IsOwn && theirs.Count == 0)
                continue;
            var name = string.IsNullOrWhiteSpace(installation.Name) ? installation.Domain.Value : installation.Name;
            var speaksForItself = installation.Status is { State: not SourceState.Live } && theirs.Count == 0;
            groups.Add(new SourceGroup(name, installation.Domain.Value, !installation.IsOwn, speaksForItself ? installation.Status : null, theirs));
        }
        return groups;
    }
}
