using System.Reflection;
using Microsoft.Extensions.Logging;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sharing;
using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>The log holds ids, counts and kinds: nothing that a person typed, is called or can be found by.</summary>
public sealed class LogRules
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Values =
    [
        typeof(int), typeof(long), typeof(double), typeof(bool), typeof(Guid), typeof(TimeSpan), typeof(DateTimeOffset), typeof(PeerId), typeof(CollectionId), typeof(GrantId), typeof(InstallationId),
    ];

    /// <summary>Texts of ours: an id that we made, the name of a type or a check, a version. Each was looked at; a new one is to be looked at too.</summary>
    private static readonly string[] Texts =
    [
        "AnswerSigningMiddleware.Failed(requestId)", "HealthAnswers.Changed(check)", "InstanceRebuild.Started(tzdb)", "LeaseRenewal.NotLeased(failure)", "ListEffects.LogFailed(entries)", "Nudges.Dropped(failure)",
        "PasswordSignIn.SignInRefused(reason)", "PeerAsking.PeerFailed(failure)", "PeerCallBoundary.CallFailed(requestId)", "PeerCallBoundary.StorageFailed(requestId)",
        "ShellErrorBoundary.PageFailed(requestId)", "Store.ActionFailed(action)",
    ];

    [Fact]
    public void A_line_of_the_log_names_ids_counts_and_kinds_alone()
    {
        var messages = Messages(typeof(IApp).Assembly, typeof(Program).Assembly);

        Assert.True(messages.Count > 30);
        Assert.Equal(Texts, Others(messages).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_logged_past_these_messages() =>
        Assert.DoesNotContain(Code.Types.SelectMany(type => type.Calls), call => call.StartsWith("Microsoft.Extensions.Logging.LoggerExtensions::", StringComparison.Ordinal));

    [Fact]
    public void A_name_in_the_log_would_be_seen() =>
        Assert.Equal(["Telltale.Said(name)", "Telltale.Said(user)"], Others(Messages(typeof(LogRules).Assembly)).Order(StringComparer.Ordinal));

    private static List<MethodInfo> Messages(params Assembly[] assemblies) =>
        [.. assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetMethods(Any)).Where(method => method.IsDefined(typeof(LoggerMessageAttribute)))];

    private static IEnumerable<string> Others(IEnumerable<MethodInfo> messages) =>
        from method in messages
        from parameter in method.GetParameters()
        where !typeof(ILogger).IsAssignableFrom(parameter.ParameterType) && !typeof(Exception).IsAssignableFrom(parameter.ParameterType)
            && !parameter.ParameterType.IsEnum && !Values.Contains(parameter.ParameterType)
        select $"{method.DeclaringType?.Name}.{method.Name}({parameter.Name})";
}

internal static partial class Telltale
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{User} alias {Name} came {Times} times")]
    public static partial void Said(ILogger logger, UserName user, string name, int times);
}
