using System.Net;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Federation.Discovery;
using PeerWeb.Core.Federation.Wire;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>Every refusal of version 1, with the status that it comes with.</summary>
internal static class ProblemSamples
{
    private const string RequestId = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly DateTimeOffset SignedAt = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Those that say no more than what they are.</summary>
    private static readonly (int Status, string[] Slugs)[] Plain =
    [
        (400, [PeerProblems.MalformedRequest, PeerProblems.MalformedBody, PeerProblems.InvalidQuery, PeerProblems.IdempotencyKeyMissing, PeerProblems.PreconditionMalformed]),
        (401,
        [
            PeerProblems.Restarted, PeerProblems.SignatureMissing, PeerProblems.SignatureMalformed, PeerProblems.SignatureComponents, PeerProblems.SignatureInvalid,
            PeerProblems.DigestMismatch, PeerProblems.UnknownKey, PeerProblems.VersionUnsupported, PeerProblems.DuplicateField, PeerProblems.MalformedField, PeerProblems.Replayed,
        ]),
        (403, [PeerProblems.LinkNotActive, PeerProblems.ActorMissing, PeerProblems.ActorRefused]),
        (404, [PeerProblems.MethodUnknown]),
        (410, [PeerProblems.SyncTokenGone]),
        (413, [PeerProblems.BodyTooLarge, PeerProblems.EntryTooLarge]),
        (415, [PeerProblems.ContentEncodingRefused, PeerProblems.NotJson]),
        (421, [PeerProblems.WrongDestination]),
        (422, [PeerProblems.MessageKindUnknown, PeerProblems.MessageRefused, PeerProblems.PathMismatch, LinkProblems.Refused]),
        (428, [PeerProblems.PreconditionMissing]),
        (429, [PeerProblems.TooManyRequests, LinkProblems.PendingFull]),
        (500, [PeerProblems.AnswerTooLarge, PeerProblems.InternalError]),
        (503, [PeerProblems.StorageBusy, PeerProblems.StorageBroken]),
        (507, [PeerProblems.StorageFull]),
    ];

    /// <summary>Refused writes, as the owner decides them.</summary>
    public static readonly IReadOnlyList<(string Name, SaveOutcome Outcome)> Writes =
    [
        (PeerProblems.PreconditionFailed, new SaveOutcome.Stale(new Entry(WireSamples.Work, WireSamples.Review, ETag.Parse("1.17"), WireSamples.Text))),
        (PeerProblems.PreconditionFailed + ".least", new SaveOutcome.Stale(null)),
        (PeerProblems.RightMissing, new SaveOutcome.Forbidden(Rights.Edit)),
        (PeerProblems.NotFound, new SaveOutcome.NotFound()),
        (PeerProblems.InvalidEntry, new SaveOutcome.Invalid("DTEND is before DTSTART.", 8)),
        (PeerProblems.InvalidEntry + ".least", new SaveOutcome.Invalid("There is no component.", null)),
        (PeerProblems.IdempotencyKeyReused, new SaveOutcome.KeyReused()),
    ];

    public static IEnumerable<WireSample> All =>
    [
        .. Plain.SelectMany(status => status.Slugs.Select(slug => Of(slug, new WireProblem(PeerProblems.Type(slug), "A sentence for a person.", status.Status, RequestId)))),
        Of(PeerProblems.ClockSkew, new WireProblem(PeerProblems.Type(PeerProblems.ClockSkew), "The two clocks differ.", 401, RequestId, SignedAt, SignedAt.AddMinutes(6).AddMilliseconds(5))),
        .. Writes.Select(write => Of(write.Name, Refused(WireWrites.ToWire(write.Outcome)))),
        WireSample.Answer("problem.of-another-version", new WireProblem()),
    ];

    public static string File(string name) => $"problem.{name}";

    private static WireSample Of(string name, WireProblem problem) => WireSample.Answer(File(name), problem);

    private static WireProblem Refused((HttpStatusCode Status, WireRefusedWrite Problem) refused) => new(
        refused.Problem.Type, refused.Problem.Detail, (int)refused.Status, RequestId, Missing: refused.Problem.Missing, Line: refused.Problem.Line, Current: refused.Problem.Current);
}
