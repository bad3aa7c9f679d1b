namespace PeerWeb.Shared.Entries;

/// <summary>What an app's things are called in a sentence: "event", "events", "calendar", "calendars".</summary>
public sealed record EntryNouns(string Entry, string Entries, string Collection, string Collections)
{
    /// <summary>"My calendars"</summary>
    public string Own => $"My {Collections}";

    /// <summary>"a calendar", "an address book"</summary>
    public string ACollection => WithArticle(Collection);

    /// <summary>"an event", "a contact"</summary>
    public string AnEntry => WithArticle(Entry);

    /// <summary>"Address book", as a label or a heading has it.</summary>
    public static string Capital(string noun) => char.ToUpperInvariant(noun[0]) + noun[1..];

    private static string WithArticle(string noun) => $"{("aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a")} {noun}";
}
