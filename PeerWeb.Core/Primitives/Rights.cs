namespace PeerWeb.Core.Primitives;

/// <summary>What a principal may do with a collection; the bits are stored and sent, so they never change.</summary>
/// <remarks>Read includes FreeBusy. Edit, Delete and Private take effect only with Read; Add also without.</remarks>
[Flags]
public enum Rights
{
    None = 0,
    FreeBusy = 1,
    Read = 2,
    Add = 4,
    Edit = 8,
    Delete = 16,
    Private = 32,
    All = FreeBusy | Read | Add | Edit | Delete | Private,
}

public static class RightsRules
{
    /// <summary>The rights that take effect of those given: Read brings FreeBusy; Edit, Delete and Private need Read.</summary>
    public static Rights InEffect(this Rights given)
    {
        var known = given & Rights.All;
        return known.HasFlag(Rights.Read)
            ? known | Rights.FreeBusy
            : known & ~(Rights.Edit | Rights.Delete | Rights.Private);
    }

    public static bool Allows(this Rights rights, Rights needed) => (rights & needed) == needed;
}
