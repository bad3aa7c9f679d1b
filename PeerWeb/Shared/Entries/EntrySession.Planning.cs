using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

public abstract partial class EntrySession<TForm>
{
    protected static Uid NewUid() => Uid.Parse(Guid.NewGuid().ToString("D"));

    /// <summary>What was typed as the text of a new entry.</summary>
    /// <exception cref="InvalidEntryException">It makes none.</exception>
    protected abstract string NewText();

    /// <summary>What was typed, on a text that may be another than the one that was read.</summary>
    /// <returns>The text, and a second entry where the edit makes one.</returns>
    /// <exception cref="InvalidEntryException">It makes no entry.</exception>
    protected abstract (string Text, (Uid Uid, string Text)? SplitOff) ChangedText(string text);

    /// <summary>What was typed as an entry of its own.</summary>
    /// <exception cref="InvalidEntryException">It makes none.</exception>
    protected abstract string CopiedText(Uid uid);

    private PlannedEdit Compose() => Base is { } there && _source is { } source
        ? Compose(there.Text, there.ETag, source)
        : new PlannedEdit(PlannedWrite.Save(Source!.Id, Uid, NewText(), null));

    private PlannedEdit Compose(string text, ETag etag, SourceId source)
    {
        var (main, splitOff) = ChangedText(text);
        if (Target is { } target)
            return new PlannedEdit(PlannedWrite.Delete(source, Uid, etag), PlannedWrite.Save(target, Uid, main, null));
        return new PlannedEdit(PlannedWrite.Save(source, Uid, main, etag), splitOff is { } rest ? PlannedWrite.Save(source, rest.Uid, rest.Text, null) : null);
    }

    private PlannedWrite AsNew(SourceId into)
    {
        var uid = NewUid();
        return PlannedWrite.Save(into, uid, CopiedText(uid), null);
    }
}
