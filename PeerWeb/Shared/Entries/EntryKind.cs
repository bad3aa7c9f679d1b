using System.Text.Json.Serialization.Metadata;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Shared.Entries;

/// <summary>What the dialog of one app's entries needs to know of the app.</summary>
/// <param name="Drafts">How drafts are written and read.</param>
public sealed record EntryKind<TForm>(AppId App, EntryNouns Nouns, JsonTypeInfo<EntryDraft<TForm>> Drafts)
    where TForm : class, IEntryForm;

/// <summary>What the inputs of a dialog hold, as typed; it may be wrong. Equal where it holds the same.</summary>
public interface IEntryForm
{
    string Title { get; }

    /// <summary>A source id; empty where none is chosen.</summary>
    string Source { get; }
}
