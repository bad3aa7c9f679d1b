using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>The Data Protection keys as files in <c>keys/</c> of the data directory (0700), each 0600.</summary>
internal sealed class KeyRing(DataDirectory data) : IXmlRepository
{
    public const string Folder = "keys";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. data.EnsureDirectory(Folder).EnumerateFiles("*.xml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => XElement.Load(file.FullName))];

    public void StoreElement(XElement element, string friendlyName)
    {
        data.EnsureDirectory(Folder);
        var name = Guid.TryParse(friendlyName.Replace("key-", "", StringComparison.Ordinal), out var id) ? $"key-{id}" : $"key-{Guid.NewGuid()}";
        var unfinished = data.EnsureFile(Path.Combine(Folder, name + ".tmp"));
        File.WriteAllText(unfinished, element.ToString());
        File.Move(unfinished, Path.ChangeExtension(unfinished, ".xml"), overwrite: true);
    }
}
