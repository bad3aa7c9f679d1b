namespace PeerWeb.Identity;

/// <summary>Where a sign-in leads; never to another site.</summary>
internal static class ReturnUrl
{
    public const string Home = "/calendar";

    /// <summary><paramref name="wanted"/> where it is a path of this installation, else the first page.</summary>
    /// <remarks>Browsers read <c>//</c> and <c>/\</c> as the start of a host name, and drop tabs and line breaks before they look.</remarks>
    public static string Local(string? wanted) =>
        wanted is ['/', ..] and not ['/', '/' or '\\', ..] && !wanted.Any(char.IsControl) ? wanted : Home;
}
