namespace PeerWeb.Cli;

/// <summary>Ends a command with exit code 1 and one sentence on the error stream.</summary>
public class CommandFailedException(string sentence) : Exception(sentence);
