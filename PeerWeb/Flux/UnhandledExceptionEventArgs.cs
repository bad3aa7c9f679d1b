namespace Fluxor.Exceptions;

/// <summary>What was thrown while an action was handled.</summary>
public sealed class UnhandledExceptionEventArgs(Exception exception) : EventArgs
{
    public Exception Exception { get; } = exception;
}
