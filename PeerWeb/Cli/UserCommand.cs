using System.CommandLine;
using PeerWeb.Identity;

namespace PeerWeb.Cli;

/// <summary><c>user add</c>, <c>list</c>, <c>disable</c>, <c>enable</c>.</summary>
public static class UserCommand
{
    public static Command Create(CommandContext context) =>
        new("user", "Local users") { Add(context), List(context), Switch(context, disable: true), Switch(context, disable: false) };

    private static Command Add(CommandContext context)
    {
        var name = Name();
        var admin = new Option<bool>("--admin") { Description = "May link installations and manage users" };
        var displayName = new Option<string?>("--display-name") { Description = "What people see; the name where it is left out" };
        var fromStdin = new Option<bool>("--password-stdin") { Description = "Read the password from one line of standard input" };
        var command = new Command("add", "Add a user") { name, admin, displayName, fromStdin };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var password = run.Parsed.GetValue(fromStdin) ? await FromLineAsync(context.Terminal, cancellationToken) : await AskTwiceAsync(context.Terminal);
            var wanted = new NewUser(run.Parsed.GetRequiredValue(name), run.Parsed.GetValue(displayName), password, run.Parsed.GetValue(admin));
            Expect(await run.Services.GetRequiredService<UserAccounts>().CreateAsync(wanted, cancellationToken), wanted.Name);
            await ShowAsync(run, wanted.Name, "added", cancellationToken);
        }));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "List all users, disabled ones too");
        command.SetAction(context.Action(async (run, cancellationToken) =>
            run.Write(await run.Services.GetRequiredService<UserDirectory>().ListAsync(cancellationToken), users =>
                users.Select(user => $"{user.Name,-24} {(user.IsAdmin ? "admin" : "user"),-6} {(user.Disabled ? "disabled" : "enabled"),-9} {user.DisplayName}"))));
        return command;
    }

    private static Command Switch(CommandContext context, bool disable)
    {
        var name = Name();
        var command = disable
            ? new Command("disable", "End a user's sessions and refuse the sign-in; what the user owns stays") { name }
            : new Command("enable", "Let a disabled user sign in again") { name };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var wanted = run.Parsed.GetRequiredValue(name);
            Expect(await run.Services.GetRequiredService<UserAccounts>().SetDisabledAsync(wanted, disable, cancellationToken), wanted);
            await ShowAsync(run, wanted, disable ? "disabled" : "enabled", cancellationToken);
        }));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The user name: a-z, 0-9, dot, underscore, hyphen" };

    private static void Expect(AccountOutcome outcome, string name)
    {
        switch (outcome)
        {
            case AccountOutcome.NotFound:
                throw new CommandFailedException($"There is no user {name}.");
            case AccountOutcome.Refused(var reason):
                throw new CommandFailedException(reason);
            default:
                break;
        }
    }

    private static async Task ShowAsync(CommandRun run, string name, string done, CancellationToken cancellationToken) =>
        run.Write(await run.Services.GetRequiredService<UserDirectory>().FindAsync(name, cancellationToken), user => [$"User {user?.Name} {done}."]);

    private static async Task<string> FromLineAsync(Terminal terminal, CancellationToken cancellationToken) =>
        await terminal.In.ReadLineAsync(cancellationToken) ?? throw new CommandFailedException("There was no password on standard input.");

    private static async Task<string> AskTwiceAsync(Terminal terminal)
    {
        if (terminal.ReadSecret is not { } read) throw new CommandFailedException("Nobody can type a password here; give it with --password-stdin.");
        await terminal.Error.WriteAsync("Password: ");
        var password = read();
        await terminal.Error.WriteAsync("\nThe same again: ");
        var again = read();
        await terminal.Error.WriteLineAsync();
        return password == again ? password : throw new CommandFailedException("The two passwords differ.");
    }
}
