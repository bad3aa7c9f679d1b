using PeerWeb.Core.Storage;
using PeerWeb.Shell;

namespace PeerWeb.PeerApi.Messages;

/// <summary>Tells peers at the start of grants from before there were notices.</summary>
internal sealed class UntoldGrantsStep(UntoldGrants untold) : IStartupStep
{
    public Task RunAsync(CancellationToken cancellationToken) => untold.TellAsync(cancellationToken);
}
