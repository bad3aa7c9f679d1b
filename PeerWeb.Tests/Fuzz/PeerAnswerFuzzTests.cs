using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Client;
using PeerWeb.Core.Federation.Client.Http;
using PeerWeb.Core.Federation.Signing;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Conformance;
using PeerWeb.Tests.Federation.Hosts;
using Refit;
using Xunit;

namespace PeerWeb.Tests.Fuzz;

/// <summary>Answers of a peer that are spoilt before it signs them: each is an answer, or the peer is unavailable, or it refuses; nothing else ever comes of it.</summary>
public sealed class PeerAnswerFuzzTests
{
    private const int Inputs = 5_000;

    private static readonly CollectionId Calendar = CollectionId.New();

    private static readonly Dictionary<AppId, IReadOnlyList<string>> Details = AppSamples.All.ToDictionary(samples => samples.App, samples => EntryTexts.DetailsOf(samples.App.Value));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_spoilt_answer_is_an_answer_or_the_peers_fault()
    {
        var mutator = new Mutator(5);
        using var peer = new Spoilt();
        using var client = new HttpClient(peer) { BaseAddress = new Uri("http://acme.example") };
        var store = new PeerEntryStore(RestService.For<IPeerApi>(client, new RefitSettings(new SystemTextJsonContentSerializer(PeerJson.Answers))), ActorField.Create("sam"), TimeSpan.FromSeconds(30));
        var (answered, faults) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var (good, ask) = Next(mutator, store);
            peer.Body = mutator.Next(12) == 0 ? Encoding.UTF8.GetBytes(good) : mutator.Spoil(Encoding.UTF8.GetBytes(good));
            peer.Status = mutator.Next(6) == 0 ? mutator.Any([HttpStatusCode.PreconditionFailed, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden, HttpStatusCode.NotFound]) : HttpStatusCode.OK;
            try
            {
                await ask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
                answered++;
            }
            catch (Exception exception) when (exception is PeerUnavailableException or PeerRefusedException)
            {
                faults++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Input {i}, {peer.Status}: {exception}\n{Encoding.UTF8.GetString(peer.Body)}");
            }
        }
        Assert.InRange(answered, Inputs / 20, Inputs);
        Assert.InRange(faults, Inputs / 20, Inputs);
    }

    private static (string Good, Func<Task> Ask) Next(Mutator mutator, PeerEntryStore store)
    {
        var id = Calendar.ToString();
        var uid = Uid.Parse("one");
        var app = mutator.Any(AppSamples.All);
        var detail = mutator.Any(Details[app.App]);
        return mutator.Next(5) switch
        {
            0 => ($$"""{"collections":[{"id":"{{id}}","app":"{{app.App}}","owner":"ada","name":"Work","rights":["freebusy","read"],"grantVersion":"0123456789abcdef","token":"1.7.x","color":"#336699"}]}""",
                () => store.ListCollectionsAsync(app.App, Cancel)),
            1 => ($$"""{"slices":[{"collection":"{{id}}","state":"current","token":"1.7.x"}],"entries":[{"slice":0,"uid":"one","eTag":"1.7","title":"Meeting","private":true,"detail":{{detail}},"start":"2026-11-10T09:00:00+01:00[Europe/Zurich]","end":"2026-11-10T10:00:00+01:00","recurrenceId":"20261110T090000"},{"slice":0,"uid":"two","eTag":"1.8","title":"Day","detail":{},"start":"2026-11-10","end":"2026-11-11"}],"next":{"key":"1","collection":"{{id}}","uid":"two","recurrenceId":""} }""",
                () => store.QueryAsync(LinkedPair.November with { App = app.App, Collections = [Calendar] }, Cancel)),
            2 => ($$"""{"collection":"{{id}}","uid":"one","text":{{JsonSerializer.Serialize(app.Of("one", "Meeting"))}}}""", () => store.ReadAsync(Calendar, uid, Cancel)),
            3 => ("""{"changes":[{"uid":"one","eTag":"1.7"},{"uid":"two"}],"token":"1.8.x","hasMore":false}""", () => store.ChangesAsync(Calendar, null, 100, Cancel)),
            _ => ($$"""{"type":"urn:peerweb:problem:precondition-failed","detail":"x","missing":"edit","line":3,"current":{"uid":"one","text":"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n","eTag":"1.9"},"collection":"{{id}}","uid":"one"}""",
                () => store.SaveAsync([new EntryWrite(Calendar, uid, app.Of("one", "Meeting"), new Precondition.Absent())], new Delivery("sam", "0123456789abcdef", new string('0', 64)), Cancel)),
        };
    }

    private sealed class Spoilt : HttpMessageHandler
    {
        public byte[] Body { get; set; } = [];

        public HttpStatusCode Status { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(Status) { Content = new ByteArrayContent(Body), RequestMessage = request };
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue(Status == HttpStatusCode.OK ? "application/json" : "application/problem+json");
            answer.Headers.ETag = new EntityTagHeaderValue("\"1.7\"");
            return Task.FromResult(answer);
        }
    }
}
