using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>How the inputs of an app's dialog and the fields of its entries belong together.</summary>
public interface IEntryShape<TForm, TFields>
    where TForm : class, IEntryForm
    where TFields : class
{
    IEntryText<TFields> Text { get; }

    /// <summary>What the inputs show of an entry.</summary>
    TForm Show(TFields fields, string source, EntryScene scene);

    /// <summary>What the inputs mean.</summary>
    /// <param name="before">The entry as it was read; null of a new one.</param>
    /// <exception cref="InvalidEntryException">Nothing that an entry could be.</exception>
    TFields Fields(TForm form, TFields? before, EntryScene scene);

    /// <summary>What was typed since <paramref name="before"/>, on top of what the entry says now.</summary>
    TForm Rebase(TForm form, TForm before, TForm now);

    TForm WithSource(TForm form, string source);

    /// <param name="isTried">Also what is merely missing.</param>
    bool HasProblems(TForm form, TForm opened, bool isTried);
}

/// <summary>One entry in the dialog, of an app whose entries are edited as a whole.</summary>
public sealed class PlainEntrySession<TForm, TFields> : EntrySession<TForm>
    where TForm : class, IEntryForm
    where TFields : class
{
    private readonly IEntryShape<TForm, TFields> _shape;
    private TFields? _baseFields;

    internal PlainEntrySession(EntryCalls<TForm> calls, IEntryShape<TForm, TFields> shape, EntryScene scene, SourceId? source, Uid uid, TForm form)
        : base(calls, scene, Guid.NewGuid(), source, uid, recurrenceId: null, form) => _shape = shape;

    internal PlainEntrySession(EntryCalls<TForm> calls, IEntryShape<TForm, TFields> shape, EntryScene scene, Guid id, EntryDraft<TForm> draft, bool isKept)
        : base(calls, scene, id, draft, isKept)
    {
        _shape = shape;
        Continue(draft);
    }

    public override bool HasProblems => _shape.HasProblems(Form, Opened, IsTried);

    /// <summary>Saving was tried: what is merely missing shows as a problem.</summary>
    public bool ShowsMissing => IsTried;

    /// <summary>The entry as it was read; null of a new one, and until then.</summary>
    public TFields? Fields => _baseFields;

    public override void GoTo(string source) => Form = _shape.WithSource(Form, source);

    protected override void Read(string text) => _baseFields = _shape.Text.Read(text);

    protected override TForm FormOf(string text) => _shape.Show(_shape.Text.Read(text), Origin?.ToString() ?? string.Empty, Scene);

    protected override TForm Rebase(TForm form, TForm before, TForm now) => _shape.Rebase(form, before, now);

    protected override string NewText() => _shape.Text.Create(Uid, _shape.Fields(Form, before: null, Scene), Scene.Now);

    protected override (string Text, (Uid Uid, string Text)? SplitOff) ChangedText(string text) =>
        (_shape.Text.Change(text, _baseFields ?? _shape.Text.Read(text), _shape.Fields(Form, _baseFields, Scene), Scene.Now), null);

    protected override string CopiedText(Uid uid) => Base is { } there
        ? _shape.Text.WithUid(ChangedText(there.Text).Text, uid)
        : _shape.Text.Create(uid, _shape.Fields(Form, before: null, Scene), Scene.Now);

    protected override IReadOnlyList<EntryDifference> Differences(string left, string right) => _shape.Text.Differences(left, right);

    protected override EntryMerge Merge(string baseText, string mine, string theirs) => _shape.Text.Merge(baseText, mine, theirs);
}

/// <summary>Makes sessions.</summary>
public static class PlainEntrySession
{
    /// <param name="form">With what a new one begins; where it names no source it goes where the viewer may add, their own collections first.</param>
    public static PlainEntrySession<TForm, TFields> New<TForm, TFields>(EntryCalls<TForm> calls, IEntryShape<TForm, TFields> shape, EntryScene scene, TForm form)
        where TForm : class, IEntryForm
        where TFields : class
    {
        var first = scene.Targets.SelectMany(group => group.Sources).FirstOrDefault()?.Id.ToString() ?? string.Empty;
        return new(calls, shape, scene, null, Uid.Parse(Guid.NewGuid().ToString("D")), form.Source.Length > 0 ? form : shape.WithSource(form, first));
    }

    /// <param name="form">What the view knew, until <see cref="EntrySession{TForm}.LoadAsync"/> has read the rest.</param>
    public static PlainEntrySession<TForm, TFields> Of<TForm, TFields>(
        EntryCalls<TForm> calls, IEntryShape<TForm, TFields> shape, EntryScene scene, SourceId source, Uid uid, TForm form)
        where TForm : class, IEntryForm
        where TFields : class => new(calls, shape, scene, source, uid, shape.WithSource(form, source.ToString()));

    /// <exception cref="InvalidEntryException">The draft's text is none.</exception>
    public static PlainEntrySession<TForm, TFields> Of<TForm, TFields>(
        EntryCalls<TForm> calls, IEntryShape<TForm, TFields> shape, EntryScene scene, Guid id, EntryDraft<TForm> draft, bool isKept)
        where TForm : class, IEntryForm
        where TFields : class => new(calls, shape, scene, id, draft, isKept);
}
