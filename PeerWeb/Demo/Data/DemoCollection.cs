using PeerWeb.Core.Primitives;

namespace PeerWeb.Demo.Data;

/// <summary>One collection of the demo, as a file.</summary>
/// <param name="Text">As an export of another program would be; it goes in through the import.</param>
public sealed record DemoCollection(DemoPerson Owner, AppId App, string Name, string Color, string Text);
