namespace PeerWeb.Shell;

/// <summary>What the browser keeps in its local storage, and what follows from it.</summary>
/// <param name="Choice">light, dark or system.</param>
/// <param name="IsDark">The choice, resolved.</param>
public sealed record ThemeChoice(string Choice, bool IsDark);
