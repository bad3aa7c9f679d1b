using PeerWeb.Core.Primitives;

namespace PeerWeb.Features.Sharing.Matrix;

/// <summary>One column of the matrix.</summary>
/// <param name="Name">Stable; the value of <c>data-right</c>.</param>
/// <param name="Word">Above the column.</param>
/// <param name="Verb">After "can", before the collection's name.</param>
/// <param name="Meaning">One sentence, for who wants to know.</param>
public sealed record RightColumn(Rights Right, string Name, string Word, string Verb, string Meaning)
{
    public static readonly IReadOnlyList<RightColumn> All =
    [
        new(Rights.FreeBusy, "freebusy", "Busy", "see the busy times of", "See when a calendar is taken, not by what. Means nothing in other apps."),
        new(Rights.Read, "read", "Read", "read", "See everything that is not private."),
        new(Rights.Add, "add", "Add", "add to", "Put something new in."),
        new(Rights.Edit, "edit", "Edit", "edit", "Change what is there. Needs Read."),
        new(Rights.Delete, "delete", "Delete", "delete from", "Remove what is there. Needs Read."),
        new(Rights.Private, "private", "Private", "see what is private in", "See and change what is private, too. Needs Read."),
    ];

    /// <summary>Of no use without Read.</summary>
    public const Rights NeedRead = Rights.Edit | Rights.Delete | Rights.Private;

    /// <summary>"read, add, edit", in the order of the columns.</summary>
    public static string Words(Rights rights) => string.Join(", ", All.Where(column => rights.HasFlag(column.Right)).Select(column => column.Word.ToLowerInvariant()));
}
