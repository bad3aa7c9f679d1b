using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Notes;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Todos;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Conformance;

/// <summary>Texts of one app, for what holds of every app.</summary>
public abstract class AppSamples
{
    public static readonly AppSamples Calendar = new ComponentSamples(CalendarApp.AppId, "VEVENT", ("DTSTART", "0900"), ("DTEND", "1000"));
    public static readonly AppSamples Todos = new ComponentSamples(TodoApp.AppId, "VTODO", ("DUE", "0900"));
    public static readonly AppSamples Notes = new ComponentSamples(NoteApp.AppId, "VJOURNAL", ("DTSTART", "0900"));
    public static readonly AppSamples Contacts = new CardSamples();

    /// <summary>Of every app that there is.</summary>
    public static readonly IReadOnlyList<AppSamples> All = [Calendar, Todos, Notes, Contacts];

    /// <summary>The ids of all apps, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(samples => samples.App.Value)];

    public static AppSamples Named(string app) => All.Single(samples => samples.App.Value == app);

    public abstract AppId App { get; }

    /// <summary>Whether entries may have a time, so that they have instances.</summary>
    public abstract bool IsTimed { get; }

    /// <summary>A text that is stored as it is; where the app's entries have a time, on a day of November 2026.</summary>
    /// <param name="more">Further raw lines.</param>
    public abstract string Of(string uid, string title, int day = 10, params string[] more);

    /// <summary>The same without a time; null where there is no such entry, or no other.</summary>
    public abstract string? Untimed(string uid, string title);

    /// <summary>Every Tuesday from 10 November 2026; null where entries do not repeat.</summary>
    public abstract string? Weekly(string uid, string title);

    /// <summary>No entry of the app.</summary>
    public abstract string Broken { get; }

    private sealed class ComponentSamples(AppId app, string component, params (string Property, string Time)[] times) : AppSamples
    {
        public override AppId App => app;

        public override bool IsTimed => true;

        public override string Broken => "BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR\r\n";

        public override string Of(string uid, string title, int day = 10, params string[] more) =>
            Text([.. times.Select(time => $"{time.Property}:202611{day}T{time.Time}00Z"), .. more], uid, title);

        public override string? Untimed(string uid, string title) => component == "VEVENT" ? null : Text([], uid, title);

        public override string Weekly(string uid, string title) => Of(uid, title, 10, "RRULE:FREQ=WEEKLY");

        private static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\r\n"));

        private string Text(string[] lines, string uid, string title) => Joined(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PeerWeb//Tests//EN", $"BEGIN:{component}", $"UID:{uid}", "DTSTAMP:20260101T000000Z", $"SUMMARY:{title.Replace(",", "\\,", StringComparison.Ordinal)}", .. lines,
            $"END:{component}", "END:VCALENDAR",
        ]);
    }

    /// <summary>Contacts are in a month by their birthday.</summary>
    private sealed class CardSamples : AppSamples
    {
        public override AppId App => AddressBookApp.AppId;

        public override bool IsTimed => true;

        public override string Broken => "BEGIN:VCARD\r\nVERSION:4.0\r\nnonsense\r\nEND:VCARD\r\n";

        public override string Of(string uid, string title, int day = 10, params string[] more) => Text(uid, title, [$"BDAY:202611{day}", .. more]);

        public override string Untimed(string uid, string title) => Text(uid, title, []);

        public override string? Weekly(string uid, string title) => null;

        private static string Text(string uid, string title, string[] lines) => Vcf.Of("4.0", [$"UID:{uid}", $"FN:{title.Replace(",", "\\,", StringComparison.Ordinal)}", .. lines]);
    }
}
