using NodaTime;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>One component of three versions, put together unit by unit.</summary>
/// <param name="origin">Null where both sides added it.</param>
internal sealed class UnitMerge(ComponentLines? origin, ComponentLines left, ComponentLines right)
{
    /// <param name="onConflict">Called for each unit that both sides changed differently; null where the greater text may win.</param>
    public ComponentLines Run(Action<string>? onConflict)
    {
        var merged = origin?.Copy() ?? ComponentLines.Of($"BEGIN:{left.Name}", $"END:{left.Name}");
        var known = PropertyUnits.Keys(origin).ToList();
        foreach (var unit in known.Concat(PropertyUnits.Keys(left, right).Except(known).Order(StringComparer.Ordinal)))
        {
            if (PropertyUnits.AreEqual(left, right, unit) || PropertyUnits.AreEqual(origin, right, unit))
                Take(merged, unit, left);
            else if (PropertyUnits.AreEqual(origin, left, unit))
                Take(merged, unit, right);
            else if (PropertyUnits.IsStamp(unit))
                Take(merged, unit, IsNewer(unit) ? left : right);
            else if (unit == PropertyUnits.LeftOut)
                merged.Replace(line => PropertyUnits.Of(line) == unit, LeftOut());
            else if (onConflict is null)
                Take(merged, unit, string.CompareOrdinal(Text(left, unit), Text(right, unit)) > 0 ? left : right);
            else
                onConflict(unit);
        }
        return merged;
    }

    private static string Text(ComponentLines component, string unit) => string.Join('\n', PropertyUnits.Lines(component, unit).Select(line => line.Raw));

    private void Take(ComponentLines merged, string unit, ComponentLines side)
    {
        if (PropertyUnits.AreEqual(origin, side, unit))
            return;
        merged.Replace(line => PropertyUnits.Of(line) == unit, PropertyUnits.Lines(side, unit));
        foreach (var inner in PropertyUnits.Inner(merged, unit))
            merged.Remove(inner);
        foreach (var inner in PropertyUnits.Inner(side, unit))
            merged.Add(inner);
    }

    private bool IsNewer(string unit) => unit == "SEQUENCE"
        ? ComponentDocument.SequenceOf(left) > ComponentDocument.SequenceOf(right)
        : StampOf(left, unit) > StampOf(right, unit);

    private static Instant StampOf(ComponentLines component, string name) =>
        component.Find(name) is { } line && CalendarTimeText.ReadUtc(line.Value) is { } stamp ? stamp : Instant.MinValue;

    /// <summary>Both sides' exceptions: a date that either added is left out, one that either took back is not.</summary>
    private IEnumerable<ContentLine> LeftOut()
    {
        var (before, one, other) = (Values(origin), Values(left), Values(right));
        return before.Where(value => one.Contains(value) && other.Contains(value))
            .Concat(one.Union(other).Except(before).Order(StringComparer.Ordinal))
            .Select(value => ContentLine.Parse(value, 0));
    }

    /// <summary>One line for each value.</summary>
    private static List<string> Values(ComponentLines? component) =>
        [.. PropertyUnits.Lines(component, PropertyUnits.LeftOut).SelectMany(line => line.Value.Split(',').Select(value => line.Raw[..^line.Value.Length] + value.Trim()))];
}
