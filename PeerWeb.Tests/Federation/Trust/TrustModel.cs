namespace PeerWeb.Tests.Federation.Trust;

/// <summary>The rights as people tick them.</summary>
[Flags]
internal enum Tick
{
    None = 0,
    FreeBusy = 1,
    Read = 2,
    Add = 4,
    Edit = 8,
    Delete = 16,
    Private = 32,
}

/// <summary>Whom a grant names.</summary>
internal enum Named
{
    SamAtGlobex,
    SamAtInitech,
    SalesAtGlobex,
    EveryoneAtGlobex,
    SamAtHome,
    SalesAtHome,
}

/// <summary>What became of a grant.</summary>
internal enum Fate
{
    Stands,
    Expired,
    Revoked,
}

/// <summary>Who asks, as their installation says it.</summary>
/// <param name="Peer">Whose key signs.</param>
/// <param name="Name">Null where no user acts.</param>
internal sealed record Asker(string Peer, string? Name, bool IsInSales = false)
{
    public string? Field => Name is null ? null : IsInSales ? $"\"{Name}\"; groups=(\"sales\" \"staff\")" : $"\"{Name}\"";

    public override string ToString() => $"{Field ?? "nobody"} of {Peer}";
}

/// <summary>One calendar with one grant.</summary>
internal sealed record Granted(Named Whom, Tick Rights, Fate Fate);

/// <summary>What the calls about one calendar come to.</summary>
/// <param name="Listed">The names of the rights it is listed with; null where it is not listed.</param>
/// <param name="Shown">The entries that a query and the changes show.</param>
/// <param name="Changes">The entries that the changes list, after the status.</param>
/// <param name="OfPrivate">Reading, editing and deleting a private entry.</param>
/// <param name="OfNone">The same with an entry that is not there: nobody may tell the two apart.</param>
internal sealed record Verdict(string? Listed, string Shown, string Changes, int Read, int Add, int Edit, int Delete, string OfPrivate, string OfNone);

/// <summary>The rules of sharing in as few words as they have, and with nothing of the product's: what the matrix is compared with.</summary>
internal static class TrustModel
{
    private const string Open = "one,two";

    /// <param name="takesTime">Whether the app's entries are busy time.</param>
    public static Verdict Of(Asker asker, Granted granted, Tick ceiling, bool takesTime)
    {
        var rights = granted.Fate == Fate.Stands && Means(asker, granted.Whom) ? granted.Rights : Tick.None;
        if (rights.HasFlag(Tick.Read))
            rights |= Tick.FreeBusy;
        rights &= ceiling;
        if (asker.Name is null)
            return new Verdict(null, "", "403", 403, 403, 403, 403, "403 403 403", "403 403 403");
        // Who may not read gets no use of what needs reading; when somebody is busy is known of what takes time.
        var reads = rights.HasFlag(Tick.Read);
        var adds = rights.HasFlag(Tick.Add);
        var knowsPrivate = reads && rights.HasFlag(Tick.Private);
        var knowsTimes = takesTime && (reads || rights.HasFlag(Tick.FreeBusy));
        var there = reads || adds || knowsTimes;
        var entries = !reads ? "" : knowsPrivate ? "hidden," + Open : Open;
        return new Verdict(
            Listed: !there ? null : string.Join(' ', Words(reads, rights)),
            Shown: knowsTimes && !knowsPrivate ? (reads ? "busy," + Open : "busy") : entries,
            Changes: there ? "200 " + entries : "404",
            Read: reads ? 200 : 404,
            Add: adds ? 201 : there ? 403 : 404,
            Edit: !reads ? 404 : rights.HasFlag(Tick.Edit) ? 200 : 403,
            Delete: !reads ? 404 : rights.HasFlag(Tick.Delete) ? 204 : 403,
            OfPrivate: knowsPrivate ? OfKnown(rights.HasFlag(Tick.Edit), rights.HasFlag(Tick.Delete)) : reads ? "404 412 404" : "404 404 404",
            OfNone: reads ? "404 412 404" : "404 404 404");
    }

    /// <summary>What is edited is deleted with an old version.</summary>
    private static string OfKnown(bool edits, bool deletes) => $"200 {(edits ? 200 : 403)} {(!deletes ? 403 : edits ? 412 : 204)}";

    private static bool Means(Asker asker, Named whom) => whom switch
    {
        Named.SamAtGlobex => asker is { Peer: "globex", Name: "sam" },
        Named.SamAtInitech => asker is { Peer: "initech", Name: "sam" },
        Named.SalesAtGlobex => asker is { Peer: "globex", IsInSales: true },
        Named.EveryoneAtGlobex => asker.Peer == "globex",
        _ => false,
    };

    private static IEnumerable<string> Words(bool reads, Tick rights)
    {
        if (reads || rights.HasFlag(Tick.FreeBusy))
            yield return "freebusy";
        if (reads)
            yield return "read";
        if (rights.HasFlag(Tick.Add))
            yield return "add";
        if (reads && rights.HasFlag(Tick.Edit))
            yield return "edit";
        if (reads && rights.HasFlag(Tick.Delete))
            yield return "delete";
        if (reads && rights.HasFlag(Tick.Private))
            yield return "private";
    }
}
