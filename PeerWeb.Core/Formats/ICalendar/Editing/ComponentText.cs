using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Formats.ICalendar.Editing;

/// <summary>What apps do alike to texts of one kind of component.</summary>
internal static class ComponentText
{
    /// <summary>A new component with its stamps, alone in its VCALENDAR.</summary>
    /// <param name="properties">Raw lines.</param>
    /// <exception cref="InvalidEntryException">The lines make no such component.</exception>
    public static ComponentDocument New(ComponentKind kind, Uid uid, Instant now, params IEnumerable<string> properties)
    {
        var stamp = TimeLine.Utc(now);
        string[] head = ["BEGIN:VCALENDAR", "VERSION:2.0", EntryText.ProductId, $"BEGIN:{kind.Name}", $"UID:{TextValue.Escape(uid.Value)}", $"DTSTAMP:{stamp}", $"CREATED:{stamp}", $"LAST-MODIFIED:{stamp}", "SEQUENCE:0"];
        return ComponentDocument.Read(ContentLines.Write(ComponentLines.Of(head.Concat(properties).Append($"END:{kind.Name}").Append("END:VCALENDAR")).All()), kind);
    }

    /// <inheritdoc cref="IEntryText{TFields}.WithUid"/>
    public static string WithUid(ComponentKind kind, string text, Uid uid) => CalendarText.Guard(() =>
    {
        var document = ComponentDocument.Read(text, kind);
        document.SetUid(uid);
        return document.Write();
    });

    /// <inheritdoc cref="IEntryText{TFields}.Differences"/>
    public static IReadOnlyList<EntryDifference> Differences(ComponentKind kind, string left, string right) => CalendarText.Guard<IReadOnlyList<EntryDifference>>(() =>
        [.. ComponentDifferences.Between(MergedVersion.Read(left, kind), MergedVersion.Read(right, kind))]);

    /// <inheritdoc cref="IEntryText{TFields}.Merge"/>
    public static EntryMerge Merge(ComponentKind kind, string baseText, string mine, string theirs) => CalendarText.Guard(() =>
    {
        if (mine == theirs || theirs == baseText)
            return new EntryMerge(mine, []);
        if (mine == baseText)
            return new EntryMerge(theirs, []);
        return new ThreeWayMerge(MergedVersion.Read(baseText, kind), MergedVersion.Read(mine, kind), MergedVersion.Read(theirs, kind)).Run();
    });
}
