using System.Text;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Notes.Edit;

/// <summary>What the inputs of the dialog hold, as typed; it may be wrong.</summary>
/// <param name="Notes">The text, Markdown.</param>
/// <param name="Tags">Separated by commas.</param>
/// <param name="Date">As a native input holds it: <c>2025-03-14</c>; empty for none.</param>
public sealed record NoteForm(string Title, string Notes, string Tags, string Date, bool IsPrivate, string Source) : IEntryForm
{
    /// <summary>Longest title, in bytes.</summary>
    public const int MaxTitle = 1024;

    /// <summary>Longest text as it is written, in bytes: what a property may have, less its name and parameters.</summary>
    public const int MaxText = 100_000;

    public static readonly NoteForm Empty = new(string.Empty, string.Empty, string.Empty, string.Empty, IsPrivate: false, string.Empty);

    public string? TitleProblem => TooLong("title is", Encoding.UTF8.GetByteCount(Title), MaxTitle);

    /// <remarks>RFC 5545 3.3.11: some characters get a backslash.</remarks>
    public string? TextProblem =>
        TooLong("text is", Encoding.UTF8.GetByteCount(Notes) + Notes.Count(character => character is '\n' or ',' or ';' or '\\'), MaxText);

    public string? DateProblem => Date.Length == 0 || NoteShape.DayOf(Date) is { Year: >= 1900 and <= 2199 } ? null : "This is no day between the years 1900 and 2199.";

    private static string? TooLong(string what, int bytes, int most) =>
        bytes > most ? $"The {what} too long: {bytes - most} of {bytes} bytes must go." : null;
}
