namespace PeerWeb.Shared;

/// <summary>Files that are read out for their viewer: each is many reads, so one person gets some a minute and few at once.</summary>
public static class Downloads
{
    /// <summary>Policy of the endpoints that serve them.</summary>
    public const string RateLimit = "downloads";

    public const int PerMinute = 60;
}
