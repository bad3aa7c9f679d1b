using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared;

/// <summary>Rights in words for a person.</summary>
public static class RightsWords
{
    private static readonly (Rights Right, string Verb)[] Verbs =
        [(Rights.Read, "read"), (Rights.Add, "add to"), (Rights.Edit, "edit"), (Rights.Delete, "delete from"), (Rights.Private, "see what is private in")];

    /// <param name="noun">"calendar".</param>
    public static string Sentence(Rights rights, bool isMine, string noun)
    {
        if (isMine)
            return $"This is your {noun}: you can do everything.";
        var verbs = Verbs.Where(verb => rights.HasFlag(verb.Right)).Select(verb => verb.Verb).ToList();
        return verbs.Count switch
        {
            0 => $"You can only see when this {noun} is busy.",
            1 => $"You can {verbs[0]} this {noun}.",
            _ => $"You can {string.Join(", ", verbs.SkipLast(1))} and {verbs[^1]} this {noun}.",
        };
    }
}
