using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace PeerWeb.Shell;

/// <summary>What a page failed with stays in the page: the shell and the circuit go on, and the shown id finds the log entry.</summary>
public sealed partial class ShellErrorBoundary(ILogger<ShellErrorBoundary> log, TimeProvider time) : ErrorBoundaryBase
{
    private string id = "";
    private DateTimeOffset at;

    protected override Task OnErrorAsync(Exception exception)
    {
        id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray(), 0, 8);
        at = time.GetUtcNow();
        PageFailed(log, id, exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenComponent<PageFailure>(1);
        builder.AddComponentParameter(2, nameof(PageFailure.RequestId), id);
        builder.AddComponentParameter(3, nameof(PageFailure.At), at);
        builder.AddComponentParameter(4, nameof(PageFailure.Retry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed, request {RequestId}")]
    private static partial void PageFailed(ILogger log, string requestId, Exception exception);
}
