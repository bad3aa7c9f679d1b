using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerWeb.Identity;
using Xunit;

namespace PeerWeb.Tests.Overhearing;

/// <summary>Listens to one installation of a test: whatever it logs, and the answers that it is shown, is searched for secrets, which fail the test that ends it.</summary>
internal sealed class Overheard : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _findings = new();
    private volatile string[] _keys = [];

    public IReadOnlyCollection<string> Findings => _findings;

    public static Overheard On(WebApplicationBuilder builder)
    {
        var overheard = new Overheard();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(overheard);
        return overheard;
    }

    /// <summary>From now on it knows the installation's own private key, too.</summary>
    public async Task LearnAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var pkcs8 = await services.GetRequiredService<SigningKeyStore>().GetActivePkcs8Async(cancellationToken);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        _keys = Secrets.FormsOf(pkcs8, key.ExportParameters(includePrivateParameters: true).D ?? []);
    }

    public void HearLog(string line) => Note("a log", line, Secrets.InLog(line));

    /// <param name="where">What was asked.</param>
    public void HearAnswer(string where, string text) => Note(where, text, Secrets.InAnswer(text));

    public void AssertNothing() => Assert.Empty(_findings);

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose() => _keys = [];

    private void Note(string where, string text, IEnumerable<string> kinds)
    {
        foreach (var kind in _keys.Any(key => text.Contains(key, StringComparison.Ordinal)) ? kinds.Append("this installation's key") : kinds)
            _findings.Enqueue($"{kind} in {where}: {text[..Math.Min(text.Length, 400)]}");
    }

    private sealed class Ear(Overheard overheard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // What a log that keeps the parts would keep; where in the program it failed is no secret there.
            var parts = state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(value => value.Value)) : string.Empty;
            overheard.HearLog($"{logLevel} {category}: {formatter(state, exception)} {parts} {exception?.GetType()} {Messages(exception)}");
        }

        private static string Messages(Exception? exception) => exception is null ? string.Empty : $"{exception.Message} {Messages(exception.InnerException)}";
    }
}

/// <summary>A test's HTTP client that lets answers be searched; those that a test reads as they come are not.</summary>
internal sealed class HeardAnswers(Overheard overheard, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const long Most = 1_000_000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (type is not ("text/html" or "text/plain" or "application/json" or "application/problem+json") || answer.Content.Headers.ContentLength > Most)
            return answer;
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        overheard.HearAnswer($"{request.Method} {request.RequestUri?.AbsolutePath}", await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer;
    }
}
