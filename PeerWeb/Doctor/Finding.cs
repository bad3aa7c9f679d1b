using System.Text.Json.Serialization;

namespace PeerWeb.Doctor;

[JsonConverter(typeof(JsonStringEnumConverter<FindingLevel>))]
public enum FindingLevel
{
    Ok,

    /// <summary>Works, and will not for ever, or not for everybody.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Error,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What it is about, such as <c>keys</c> or a peer's domain.</param>
/// <param name="Text">How it is, in one sentence.</param>
/// <param name="Advice">What to do; null where all is well.</param>
public sealed record Finding(FindingLevel Level, string Subject, string Text, string? Advice = null)
{
    public static Finding Ok(string subject, string text) => new(FindingLevel.Ok, subject, text);

    public static Finding Warning(string subject, string text, string advice) => new(FindingLevel.Warning, subject, text, advice);

    public static Finding Error(string subject, string text, string advice) => new(FindingLevel.Error, subject, text, advice);
}

/// <summary>Looks at one part of an installation and changes nothing.</summary>
internal interface IExamination
{
    /// <summary>What findings are about where it cannot say more.</summary>
    string Subject { get; }

    /// <summary>Others stand on it: where it finds an error, they are not begun.</summary>
    bool IsFoundation { get; }

    /// <summary>It asks other machines, or this one through its public address.</summary>
    bool NeedsNetwork { get; }

    /// <exception cref="Exception">It could not look; that is an error of the installation's too.</exception>
    Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken);
}
