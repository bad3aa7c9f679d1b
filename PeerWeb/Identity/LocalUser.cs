using Microsoft.AspNetCore.Identity;

namespace PeerWeb.Identity;

/// <summary>A user of this installation. The row outlives the user: who leaves is disabled, so that the name can never inherit anything.</summary>
public sealed class LocalUser : IdentityUser<Guid>
{
    /// <summary>At most 100 characters; what people see.</summary>
    public required string DisplayName { get; set; }

    public bool Disabled { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
