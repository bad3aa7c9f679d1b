using System.CommandLine;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;

namespace PeerWeb.Cli.Peers;

/// <summary><c>peer list</c>, <c>request</c>, <c>approve</c>, <c>reject</c>, <c>suspend</c>, <c>resume</c>, <c>revoke</c>, <c>test</c>.</summary>
public static class PeerCommand
{
    public static Command Create(CommandContext context) => new("peer", "Links with other installations")
    {
        List(context),
        Request(context),
        Approve(context),
        Step(context, "reject", "Refuse a request", (links, peer, token) => links.RejectAsync(peer, token)),
        Step(context, "suspend", "Let a link rest; this side resumes it", (links, peer, token) => links.SuspendAsync(peer, token)),
        Step(context, "resume", "Let a link that this side suspended work again", (links, peer, token) => links.ResumeAsync(peer, token)),
        Step(context, "revoke", "End a link for good, and every grant on it", (links, peer, token) => links.RevokeAsync(peer, token)),
        Test(context),
    };

    private static Command List(CommandContext context)
    {
        var command = new Command("list", "List all links and this installation's own fingerprint");
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var links = run.Services.GetRequiredService<PeerLinks>();
            var home = await links.HomeAsync(cancellationToken);
            var peers = await links.ListAsync(cancellationToken);
            var list = new PeerList(home.Domain.Value, FingerprintText.Of(home.Key), [.. peers.Select(peer => PeerLine.Of(peer, peers))]);
            run.Write(list, shown => shown.ToText());
        }));
        return command;
    }

    private static Command Request(CommandContext context)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "The other installation's domain, like globex.example" };
        var command = new Command("request", "Ask another installation for a link") { domain };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            if (!DomainInput.TryRead(run.Parsed.GetRequiredValue(domain), out var wanted, out var problem))
                throw new CommandFailedException(problem);
            var outcome = await run.Services.GetRequiredService<PeerLinks>().RequestAsync(wanted, null, cancellationToken);
            await FinishAsync(run, outcome, cancellationToken);
        }));
        return command;
    }

    private static Command Approve(CommandContext context)
    {
        var peer = Peer();
        var fingerprint = new Option<string>("--fingerprint")
        {
            Description = "Theirs, as the other admin reads it to you: 8 words, 8 groups of digits or the whole thumbprint",
            Required = true,
        };
        var command = new Command("approve", "Approve a link after comparing the other side's fingerprint") { peer, fingerprint };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var links = run.Services.GetRequiredService<PeerLinks>();
            var row = await OpenedAsync(links, await PeerChoice.FindAsync(links, run.Parsed.GetRequiredValue(peer), cancellationToken), cancellationToken);
            var home = await links.HomeAsync(cancellationToken);
            var approval = new Approval(home.PairWith(row), run.Parsed.GetRequiredValue(fingerprint));
            await FinishAsync(run, await links.ApproveAsync(row.Id, approval, cancellationToken), cancellationToken);
        }));
        return command;
    }

    private static Command Step(
        CommandContext context, string name, string description, Func<PeerLinks, PeerId, CancellationToken, Task<Transition>> step)
    {
        var peer = Peer();
        var command = new Command(name, description) { peer };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var links = run.Services.GetRequiredService<PeerLinks>();
            var row = await PeerChoice.FindAsync(links, run.Parsed.GetRequiredValue(peer), cancellationToken);
            await FinishAsync(run, await step(links, row.Id, cancellationToken), cancellationToken);
        }));
        return command;
    }

    private static Command Test(CommandContext context)
    {
        var peer = Peer();
        var command = new Command("test", "Check a link from end to end: discovery, key, one signed call, clocks, and what either side can do and the other cannot") { peer };
        command.SetAction(context.Action(async (run, cancellationToken) =>
        {
            var links = run.Services.GetRequiredService<PeerLinks>();
            var row = await PeerChoice.FindAsync(links, run.Parsed.GetRequiredValue(peer), cancellationToken);
            var check = await links.TestAsync(row.Id, cancellationToken);
            // Only an active link may ask.
            var comparison = check is { Error: null, Call.StateThere: "active" }
                ? await run.Services.GetRequiredService<PeerComparison>().CompareAsync(row.Id, cancellationToken)
                : null;
            var report = PeerTestReport.Of(row, check, comparison);
            run.Write(report, shown => shown.ToText());
            if (report.Error is { } error)
                throw new CommandFailedException(error);
        }));
        return command;
    }

    private static Argument<string> Peer() => new("PEER") { Description = "The peer's domain, or its id as peer list shows it" };

    /// <summary>A request that nobody opened is opened now: its domain is asked for the key that is to be compared.</summary>
    private static async Task<Peer> OpenedAsync(PeerLinks links, Peer row, CancellationToken cancellationToken)
    {
        if (row.Verified is not null || row.State == LinkState.Blocked)
            return row;
        return await links.OpenAsync(row.Id, cancellationToken) switch
        {
            Transition.Done done => done.Peer,
            Transition.Refused refused => throw new CommandFailedException(refused.Reason),
            _ => row,
        };
    }

    /// <summary>Tells what came of it, after one attempt to tell the other side.</summary>
    private static async Task FinishAsync(CommandRun run, Transition outcome, CancellationToken cancellationToken)
    {
        var peer = outcome switch
        {
            Transition.Done done => done.Peer,
            Transition.Unchanged unchanged => unchanged.Peer,
            Transition.Refused refused => throw new CommandFailedException(refused.Reason),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is not known."),
        };
        await run.Services.GetRequiredService<MessageOutbox>().DrainAsync(peer.Id, cancellationToken);
        var peers = await run.Services.GetRequiredService<PeerLinks>().ListAsync(cancellationToken);
        run.Write(PeerLine.Of(peers.FirstOrDefault(row => row.Id == peer.Id) ?? peer, peers), shown => shown.ToText());
    }
}
