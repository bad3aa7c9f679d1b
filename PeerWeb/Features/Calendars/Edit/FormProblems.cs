using System.Text;
using NodaTime;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>What is wrong with a form, beside the field that it is about; null where nothing is.</summary>
public sealed record FormProblems(string? Title = null, string? Start = null, string? End = null, string? Source = null, string? Location = null, string? Notes = null)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    public static readonly FormProblems None = new();

    public RuleProblems Rule { get; init; } = RuleProblems.None;

    public bool AreNone => this == None;

    /// <param name="isTried">Also what is merely missing.</param>
    public static FormProblems Of(EventForm form, bool isTried = true)
    {
        var times = FormFields.Times(form, []);
        var start = FormTimes.Read(form.Start, form.IsAllDay);
        var end = FormTimes.ReadEnd(form.End, form.IsAllDay);
        return new FormProblems(
            Title: Line(form.Title, "title"),
            Start: start is null ? isTried ? "When does it start?" : null : Year(start.Value) ?? (times is null && end is not null ? "Its time zone is not known here. Choose one." : null),
            End: (start, end) switch
            {
                (_, null) => isTried ? "When does it end?" : null,
                _ when times is ({ } from, { } to) && IsBackwards(from, to) => "It ends before it starts.",
                (_, { } to) => Year(form.IsAllDay ? to.PlusDays(-1) : to),
            },
            Source: isTried && form.Source.Length == 0 ? "Choose a calendar." : null,
            Location: Line(form.Location, "place"),
            Notes: TooLong("notes are", Written(form.Notes), EventForm.MaxNotes));
    }

    /// <summary>What has instants is compared by them: who flies west may land before the hour of departure.</summary>
    private static bool IsBackwards(EntryTime start, EntryTime end) =>
        start is { Instant: { } from } && end is { Instant: { } to } ? to < from : end.Local < start.Local || (start.IsDate && end.Local == start.Local);

    private static string? Line(string text, string what) => TooLong($"{what} is", Encoding.UTF8.GetByteCount(text), EventForm.MaxLine);

    private static string? TooLong(string what, int bytes, int most) =>
        bytes > most ? $"The {what} too long: {bytes - most} of {bytes} bytes must go." : null;

    /// <summary>Bytes of a text where some characters get a backslash.</summary>
    /// <remarks>RFC 5545 3.3.11.</remarks>
    private static int Written(string text) => Encoding.UTF8.GetByteCount(text) + text.Count(character => character is '\n' or ',' or ';' or '\\');

    private static string? Year(LocalDateTime time) => time.Year is >= FirstYear and <= LastYear ? null : $"The year must be between {FirstYear} and {LastYear}.";
}
