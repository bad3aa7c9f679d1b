namespace PeerWeb.Shared;

/// <summary>Files that are read out for their viewer: each is many reads, so one person gets some a minute and few at once.</summary>
public static class Downloads
{
    /// <summary>Policy of the endpoints that serve them.</summary>
    public const string RateLimit = "downloads";

    public const int PerMinute = 60;

    /// <summary>Policy of the endpoints that serve small pictures, of which a page has many; one of a peer's is a question to the peer.</summary>
    public const string PictureRateLimit = "pictures";

    public const int PicturesPerMinute = 1200;
}
