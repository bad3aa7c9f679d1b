using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>Opens the dialog in which the viewer shares one collection of theirs; done when it is open.</summary>
public delegate Task ShareCollection(AppId app, CollectionId collection);
