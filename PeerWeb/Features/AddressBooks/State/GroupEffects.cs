using Fluxor;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Shared.Lists;

namespace PeerWeb.Features.AddressBooks.State;

/// <summary>Asks who the members of an opened group are.</summary>
public sealed partial class GroupEffects(AddressBookQueries queries, ILogger<GroupEffects> log) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    [EffectMethod]
    public async Task HandleRead(EntryReadAction action, IDispatcher dispatcher)
    {
        if (action.Entry is not OpenedEntry.Found<ContactCard> { Content.Fields: { Kind: ContactKind.Group, Members: var members } })
            return;
        try
        {
            dispatcher.Dispatch(new MembersFoundAction(action.Link, await queries.Members(action.Link.Source, members, _ended.Token)));
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            dispatcher.Dispatch(new EntryReadAction(action.App, action.Link, OpenedEntry.Missing.For(exception)));
        }
    }

    /// <summary>Not disposed of: what still runs looks at it.</summary>
    public void Dispose() => _ended.Cancel();

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the members of a group failed")]
    private partial void LogFailed(Exception exception);
}
