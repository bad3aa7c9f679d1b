namespace PeerWeb.Shared;

/// <summary>Whether single keys may act on pages, as the viewer has chosen. Registered by the feature that has the setting.</summary>
/// <remarks>WCAG 2.1.4: who speaks to their computer, or types with tremor, turns them off.</remarks>
public delegate Task<bool> SingleKeysWanted(CancellationToken cancellationToken);
