using System.Globalization;
using Microsoft.AspNetCore.Components;
using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;

namespace PeerWeb.Features.Sharing.Components;

/// <summary>Who has access to one collection. Access is removed only after the viewer said so twice.</summary>
public sealed partial class AccessTable : ComponentBase
{
    private static readonly (Rights Right, string Name)[] Further = [(Rights.Add, "add"), (Rights.Edit, "edit"), (Rights.Delete, "delete")];
    private GrantId? _asked;

    /// <summary>A new number draws the checkboxes anew: the browser has unticked one that still stands.</summary>
    private int _drawn;

    [Parameter, EditorRequired]
    public required SharedCollection Collection { get; set; }

    [Parameter]
    public bool IsSaving { get; set; }

    [Parameter]
    public EventCallback<Access> OnRemove { get; set; }

    private static string Day(Instant at) => at.ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    private string Note(Access access)
    {
        var further = Further.Where(right => access.Rights.HasFlag(right.Right)).Select(right => right.Name).ToList();
        var words = new List<string> { access.Home };
        if (further.Count > 0)
            words.Add($"also {string.Join(", ", further)}");
        if (access.IsOfAll)
            words.Add($"all your {Collection.Noun}s");
        if (access.ExpiresAt is { } end)
            words.Add($"until {Day(end)}");
        if (!access.IsLinked)
            words.Add("no active link: gives nothing for now");
        return string.Join(" · ", words);
    }

    private void Ask(Access access) => (_asked, _drawn) = (access.Grant, _drawn + 1);

    private void Keep() => _asked = null;

    private Task RemoveAsync(Access access)
    {
        _asked = null;
        return OnRemove.InvokeAsync(access);
    }
}
