using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Live;
using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Peers;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using PeerWeb.Core.Sync;
using PeerWeb.PeerApi.Methods;
using PeerWeb.Tests.Federation.Hosts;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>Every call as an installation makes it, from its verb to its last byte, against the files of version 1.</summary>
[Collection<GoldenHosts>]
public sealed partial class GoldenRequestTests(FrontedHosts hosts)
{
    private const string IdempotencyKey = "0b6f2f6c9b0f4f0e8f6d1f0c5a3b7e21";

    /// <summary>Fields of the connection and of tracing, which say nothing about the call.</summary>
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "traceparent", "tracestate", "Request-Id", "Correlation-Context"];

    public static IReadOnlyList<string> Files { get; } =
    [
        "request.discovery.http", "request.jwks.http", "request.links.http", "request.links-approve.http", "request.links-reject.http", "request.links-suspend.http",
        "request.links-resume.http", "request.links-revoke.http", "request.link-standing.http", "request.collections.http", "request.query.http", "request.entry.http",
        "request.entry-new.http", "request.entry-over.http", "request.entry-delete.http", "request.changes.http", "request.changes-since.http", "request.grant-offer.http",
        "request.grant-change.http", "request.grant-end.http", "request.lease.http", "request.nudge.http", "request.methods.http",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IServiceProvider Globex => hosts.Globex.Services;

    [Fact]
    public async Task Every_call_is_made_as_the_file_has_it_and_no_call_is_without_a_file()
    {
        var pair = await hosts.LinkAsync();
        var made = new List<(string Verb, string Path, string Kind)>();
        var calls = Calls(pair.AcmeAtGlobex, (await Globex.GetRequiredService<IPeerSources>().ListActiveAsync(Cancel)).Single().StoreFor(UserName.Parse("sam")));
        var files = Files.ToList();
        foreach (var call in calls)
        {
            var heard = new List<string>();
            hosts.Front.Instead = context => HearAsync(context, heard, made);
            // Most are answered that there is nothing, which is none of this test's business.
            await Record.ExceptionAsync(call);
            foreach (var request in heard)
            {
                GoldenFile.Equal(files[0], request);
                files.RemoveAt(0);
            }
        }

        Assert.Empty(files);
        var known = hosts.Acme.Services.GetRequiredService<PeerCalls>().All.Where(call => call.Route != "/peer/v1/openapi.json");
        Assert.Empty(known.Where(call => !made.Exists(one => one.Verb == call.Verb && IsOf(call.Route, one.Path) && one.Kind == (call.Kind ?? ""))).Select(call => $"{call.Verb} {call.Route} {call.Kind}"));
    }

    private IEnumerable<Func<Task>> Calls(PeerId acme, IEntryStore store)
    {
        var transport = Globex.GetRequiredService<PeerMessageTransport>();
        var direct = Globex.GetRequiredService<DirectMessages>();
        var delivery = new Delivery("sam", IdempotencyKey, new string('0', 64));
        yield return () => Globex.GetRequiredService<IDiscoveryClient>().FetchAsync(Domain.Parse(hosts.Acme.Domain), Cancel);
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Request(WireSamples.NewNames, Domain.Parse("globex.example"), WireSamples.Installation, WireSamples.Key)));
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Approve(WireSamples.Names, WireSamples.Pair)));
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Reject(WireSamples.Names)));
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Suspend(WireSamples.Names)));
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Resume(WireSamples.Names)));
        yield return () => SendAsync(LinkWire.Write(new LinkMessage.Revoke(WireSamples.Names)));
        yield return () => transport.ProbeAsync(acme, Cancel);
        yield return () => store.ListCollectionsAsync(WireSamples.Month.App, Cancel);
        yield return () => store.QueryAsync(WireSamples.Month, Cancel);
        yield return () => store.ReadAsync(WireSamples.Work, WireSamples.Review, Cancel);
        yield return () => store.SaveAsync([new EntryWrite(WireSamples.Work, WireSamples.Review, WireSamples.Text, new Precondition.Absent())], delivery, Cancel);
        yield return () => store.SaveAsync([new EntryWrite(WireSamples.Work, WireSamples.Review, WireSamples.Text, new Precondition.Match(ETag.Parse("1.17")))], delivery, Cancel);
        yield return () => store.DeleteAsync(new EntryRemoval(WireSamples.Work, WireSamples.Review, ETag.Parse("1.17")), delivery, Cancel);
        yield return () => store.ChangesAsync(WireSamples.Work, null, 1000, Cancel);
        yield return () => store.ChangesAsync(WireSamples.Work, SyncToken.Parse("1.17.abcdef"), 1000, Cancel);
        yield return () => SendAsync(GrantWire.Write(GrantMessageKinds.Offer, WireSamples.Offer));
        yield return () => SendAsync(GrantWire.Write(GrantMessageKinds.Change, WireSamples.ToAll));
        yield return () => SendAsync(GrantWire.Write(GrantMessageKinds.End, WireSamples.Offer with { Rights = Rights.None }));
        yield return () => direct.LeaseAsync(acme, LeaseWire.Write([(UserName.Parse("sam"), WireSamples.Work), (UserName.Parse("sam"), WireSamples.Home)]), Cancel);
        yield return () => direct.NudgeAsync(acme, new WireNudge(LiveMessageKinds.Nudge, [WireSamples.Work.ToString()]), Cancel);
        yield return () => transport.AskMethodsAsync(acme, Cancel);

        Task SendAsync(MessageDraft draft) => transport.SendAsync(
            new OutboxMessage(1, acme, draft.Kind, draft.Body, IdempotencyKey, MessageState.Waiting, 0, Instant.MinValue, Instant.MinValue, null, null), Cancel);
    }

    private async Task HearAsync(HttpContext context, List<string> heard, List<(string Verb, string Path, string Kind)> made)
    {
        using var received = new MemoryStream();
        await context.Request.Body.CopyToAsync(received, Cancel);
        var body = Encoding.UTF8.GetString(received.ToArray());
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var fields = context.Request.Headers.Where(field => !OfTheConnection.Contains(field.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value}\n");
        heard.Add(Masked($"{context.Request.Method} {target}\n{string.Concat(fields)}\n{body}"));
        made.Add((context.Request.Method, context.Request.Path.Value ?? "", KindIn().Match(body) is { Success: true } kind ? kind.Groups[1].Value : ""));
        if (target.StartsWith("/.well-known/", StringComparison.Ordinal))
            await (await hosts.Front.FetchAsync(context, [])).WriteAsync(context.Response);
        else
            await hosts.Front.SignAsync(context, StatusCodes.Status404NotFound, []);
    }

    /// <summary>Without what differs between two runs: port, time, nonce, key and signature.</summary>
    private string Masked(string request) => OfOneRun().Replace(request, "$1…").Replace(
        hosts.Acme.Port.ToString(CultureInfo.InvariantCulture), "5101", StringComparison.Ordinal);

    private static bool IsOf(string route, string path) => Regex.IsMatch(path, $"^{Variable().Replace(Regex.Escape(route), "[^/]+")}$");

    [GeneratedRegex("((?:created|expires)=|(?:nonce|keyid)=\"|Signature: pw1=:)[^;\":\n]+")]
    private static partial Regex OfOneRun();

    [GeneratedRegex("^\\{\"kind\":\"([a-z-]+)\"")]
    private static partial Regex KindIn();

    [GeneratedRegex(@"\\\{[^}]*}")]
    private static partial Regex Variable();
}
