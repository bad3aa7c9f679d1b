using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using PeerWeb.Bench.Data;
using PeerWeb.Bench.Harness;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Identity;

namespace PeerWeb.Bench.Circuits;

/// <summary>The installation whose circuits are measured, in a process of its own: the clients' memory and core time are not its.</summary>
/// <remarks>It writes <c>ready ENDPOINT EVENTS EVENTS</c>, answers each line on its input with <c>heap BYTES</c>, and ends with its input.</remarks>
internal static class CircuitServer
{
    public const string Name = "circuit-server";
    public const string Password = "correct horse battery";

    // Of the data set's mix so many entries put about 200 instances on the five weeks around a month.
    private const int Entries = 290;

    /// <summary>The months that are asked for, by their first days: the last two of the data set's year.</summary>
    public static readonly IReadOnlyList<LocalDate> Months = [BenchCalendar.FirstDay.PlusMonths(11), BenchCalendar.FirstDay.PlusMonths(10)];

    public static string UserAt(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number}");

    public static string DayOf(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static Command CommandOf(Option<int> seed)
    {
        var users = new Option<int>("--users") { Required = true };
        var command = new Command(Name) { users };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(seed), parsed.GetValue(users), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int seed, int users, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder();
        await using var host = await BenchHost.StartAsync("web", folder, cancellationToken);
        var events = new int[Months.Count];
        for (var i = 0; i < users; i++)
            events = await AddAsync(host, UserAt(i), new BenchCalendar(seed, Entries), cancellationToken);
        await Console.Out.WriteLineAsync($"ready {host.Endpoint} {string.Join(' ', events)}");
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            // Finalizers leave something behind, too.
            GC.GetTotalMemory(forceFullCollection: true);
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"heap {GC.GetTotalMemory(forceFullCollection: true)}"));
        }
        return 0;
    }

    /// <returns>How many instances begin in each month.</returns>
    private static async Task<int[]> AddAsync(BenchHost host, string user, BenchCalendar calendar, CancellationToken cancellationToken)
    {
        if (await host.Services.GetRequiredService<UserAccounts>().CreateAsync(new NewUser(user, null, Password, false), cancellationToken) is not AccountOutcome.Done)
            throw new InvalidOperationException("The user was not added.");
        var name = UserName.Parse(user);
        var id = await BenchDatabase.FillAsync(host.Services, name, calendar, cancellationToken);
        var store = host.Services.GetRequiredService<GuardedEntryStores>().For(new Actor.Local(name, Groups: []));
        var events = new int[Months.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var range = BenchCalendar.MonthAt(Months[i]);
            var entries = await MonthQuery.PagesAsync(store, MonthQuery.Of(id) with { Range = range }, cancellationToken);
            events[i] = entries.Count(entry => entry.Start?.Instant >= range.Start);
        }
        return events;
    }
}
