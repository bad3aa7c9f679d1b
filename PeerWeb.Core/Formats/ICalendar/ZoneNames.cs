using System.Security.Cryptography;
using System.Text;

namespace PeerWeb.Core.Formats.ICalendar;

/// <summary>Gives each definition of a time zone a TZID of its own within one file, where texts from several come together.</summary>
/// <remarks>RFC 5545 3.8.3.1: one VTIMEZONE per TZID and VCALENDAR. A TZID that is known by its name means the same everywhere, whatever rules came with it, so its first definition stands for all.</remarks>
internal sealed class ZoneNames
{
    private readonly Dictionary<string, UInt128> _definitions = [];

    /// <summary>The TZID under which this definition goes, and whether it is new.</summary>
    /// <param name="text">BEGIN to END, folded.</param>
    public (string ZoneId, bool IsNew) NameOf(string zoneId, string text)
    {
        var digest = DigestOf(zoneId, text);
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? zoneId : $"{zoneId} {i}";
            if (!_definitions.TryGetValue(name, out var known))
            {
                _definitions.Add(name, digest);
                return (name, true);
            }
            if (known == digest || CalendarZones.FindId(zoneId) is not null)
                return (name, false);
        }
    }

    /// <summary>The component with another TZID for a zone, wherever it stands.</summary>
    public static string Renamed(IEnumerable<ContentLine> lines, string zoneId, string name) => Renamed(lines, new Dictionary<string, string> { [zoneId] = name });

    /// <summary>The same for several zones at once, since the new name of one may be the old one of another.</summary>
    public static string Renamed(IEnumerable<ContentLine> lines, IReadOnlyDictionary<string, string> names) =>
        ContentLines.Write(lines.Select(line => Renamed(line, names)));

    private static ContentLine Renamed(ContentLine line, IReadOnlyDictionary<string, string> names)
    {
        if (line.Name == "TZID" && names.TryGetValue(line.Value.Trim(), out var own))
            return ContentLine.Parse(line.Raw[..^line.Value.Length] + own, line.Number);
        if (line.Parameter("TZID")?.Trim() is not { } zoneId || !names.TryGetValue(zoneId, out var name))
            return line;
        var parameters = line.Parameters.Select(parameter =>
            $";{parameter.Name}={(parameter.Name == "TZID" ? Quoted(name) : string.Join(',', parameter.Values.Select(Quoted)))}");
        return ContentLine.Parse($"{line.Name}{string.Concat(parameters)}:{line.Value}", line.Number);
    }

    private static string Quoted(string value)
    {
        var escaped = value.Replace("^", "^^", StringComparison.Ordinal).Replace("\n", "^n", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal);
        return escaped.AsSpan().ContainsAny(":;,") ? $"\"{escaped}\"" : escaped;
    }

    /// <summary>Of what a definition says, its own name left out.</summary>
    private static UInt128 DigestOf(string zoneId, string text)
    {
        var rules = text.Replace($"TZID:{zoneId}\r\n", "TZID:\r\n", StringComparison.Ordinal);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(rules)));
    }
}
