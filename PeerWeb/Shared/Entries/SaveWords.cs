using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>What became of a write, in words for a person.</summary>
public static class SaveWords
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);
    private static readonly LocalDateTimePattern DayAndClock = LocalDateTimePattern.Create("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Who cannot be reached and why, and whether it may have been saved all the same.</summary>
    public static string Unavailable(Source? source, WriteAnswer.Unavailable answer, bool isDeletion = false)
    {
        var done = isDeletion ? "deleted" : "saved";
        var who = source is null ? "its owner" : source.Id.Owner.Domain.Value;
        var reason = answer.Reason.TrimEnd('.');
        return answer.MayHaveHappened
            ? $"No answer came from {who}: {reason}. It may have been {done} there; trying again cannot do it twice."
            : $"Nothing was {done} at {who}. {reason}.";
    }

    /// <summary>The second entry of an edit is there; whether the first was changed is not known, or it was not.</summary>
    /// <param name="what">What is done, and what is not.</param>
    public static string HalfDone(string what, Source? source, WriteAnswer.Unavailable answer)
    {
        var who = source is null ? "its owner" : source.Id.Owner.Domain.Value;
        return $"{what}: {who} did not confirm it. {answer.Reason.TrimEnd('.')}. Until that is done it may show twice; trying again cannot do anything twice.";
    }

    /// <summary>The second entry of an edit is there, or may be, and its owner will not have it written once more.</summary>
    /// <param name="what">What may be there.</param>
    public static string AheadRefused(EntryNouns nouns, string what, Source? source, SaveOutcome refused)
    {
        var reason = refused switch
        {
            SaveOutcome.Forbidden forbidden => MayNot(nouns, source, forbidden.Missing),
            SaveOutcome.Stale => "it has been changed there meanwhile",
            SaveOutcome.NotFound => $"the {nouns.Collection} is not there any more",
            SaveOutcome.Invalid invalid => invalid.Reason.TrimEnd('.'),
            _ => "the answer was not understood",
        };
        return $"{what}, but that could not be confirmed: {reason}. Look for it before you discard this.";
    }

    /// <summary>A right was taken away while the dialog was open.</summary>
    public static string Forbidden(EntryNouns nouns, Source? source, Rights missing)
    {
        var words = MayNot(nouns, source, missing);
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}. Nothing was changed.";
    }

    private static string MayNot(EntryNouns nouns, Source? source, Rights missing)
    {
        var may = missing switch
        {
            _ when missing.HasFlag(Rights.Private) => $"make its {nouns.Entries} private",
            _ when missing.HasFlag(Rights.Add) => "add to it",
            _ when missing.HasFlag(Rights.Edit) => $"edit its {nouns.Entries}",
            _ when missing.HasFlag(Rights.Delete) => $"delete its {nouns.Entries}",
            _ => "do this",
        };
        return source is null ? $"you may no longer {may}" : $"{source.Id.Owner} shares this {nouns.Collection} with you, but you may not {may} now";
    }

    /// <summary>"at 14:02"; another day is named.</summary>
    public static string At(Instant at, DateTimeZone viewer, Instant now)
    {
        var local = at.InZone(viewer).LocalDateTime;
        return local.Date == now.InZone(viewer).Date ? $"at {Clock.Format(local.TimeOfDay)}" : $"on {DayAndClock.Format(local)}";
    }

    public static string Unexpected(SaveOutcome outcome) => $"The answer was not understood ({outcome.GetType().Name}). It may or may not have been saved.";

    public static string NotUndone(EntryNouns nouns, SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Stale => $"It could not be undone: the {nouns.Entry} has been changed again meanwhile.",
        SaveOutcome.Forbidden => "It could not be undone: you may not write it back.",
        SaveOutcome.NotFound => $"It could not be undone: the {nouns.Collection} or the {nouns.Entry} is not there any more.",
        SaveOutcome.Invalid invalid => $"It could not be undone: {invalid.Reason}",
        _ => "It could not be undone.",
    };

    /// <summary>Of two writes the first is taken back; why the second is not yet, or cannot be, follows.</summary>
    public static string HalfUndone(EntryNouns nouns, bool isMove) => isMove
        ? $"The {nouns.Entry} is back in its {nouns.Collection}, but still in the other one as well. "
        : $"The series is back as it was, but what was made of its rest is still there as {nouns.AnEntry} of its own and shows twice. ";
}
