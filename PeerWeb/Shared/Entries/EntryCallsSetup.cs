using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Storage;

namespace PeerWeb.Shared.Entries;

/// <summary>The calls of a dialog, on the sources' stores and the viewer's drafts.</summary>
public static class EntryCallsSetup
{
    public static EntryCalls<TForm> Create<TForm>(IServiceProvider provider, EntryKind<TForm> kind)
        where TForm : class, IEntryForm
    {
        var viewer = provider.GetRequiredService<AuthenticationStateProvider>();
        var entries = provider.GetRequiredService<SourceEntries>();
        var drafts = provider.GetRequiredService<SqlDrafts>();
        return new EntryCalls<TForm>(
            kind,
            async (source, uid, token) => await entries.ReadAsync(await viewer.NameAsync(), source, uid, token),
            (write, token) => WriteAsync(viewer, entries, write, token),
            async token =>
            {
                var kept = await drafts.ListAsync(await viewer.NameAsync(), kind.App, token);
                return [.. kept.Select(row => EntryDraft.Read(row.Body, kind) is { } draft ? new KeptDraft<TForm>(row.Id, draft, row.Changed) : null).OfType<KeptDraft<TForm>>()];
            },
            async (id, draft, token) =>
                JsonSerializer.Serialize(draft, kind.Drafts) is { Length: <= SqlDrafts.MaxBodyLength } body
                && await drafts.SaveAsync(await viewer.NameAsync(), kind.App, id, draft.Title, body, token),
            async (id, token) => await drafts.DeleteAsync(await viewer.NameAsync(), id, token));
    }

    private static async Task<WriteAnswer> WriteAsync(
        AuthenticationStateProvider viewer, SourceEntries entries, PlannedWrite write, CancellationToken cancellationToken)
    {
        var name = await viewer.NameAsync();
        if (write.Text is not { } text)
            return await entries.DeleteAsync(
                name, write.Source, write.Uid, write.ETag ?? throw new InvalidOperationException("What is deleted has an ETag."), write.Key, cancellationToken);
        Precondition precondition = write.ETag is { } etag ? new Precondition.Match(etag) : new Precondition.Absent();
        return await entries.SaveAsync(name, write.Source, write.Uid, text, precondition, write.Key, cancellationToken);
    }
}
