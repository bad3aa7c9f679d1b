using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerWeb.Identity;

namespace PeerWeb.Tests.Identity;

/// <summary>Counts what a sign-in costs: password hashes, and statements of the request itself. What the installation does meanwhile is not its work.</summary>
internal sealed class SignInWork : ILoggerProvider, ILogger, ISupportExternalScope
{
    private const string Commands = "Microsoft.EntityFrameworkCore.Database.Command";
    private const int Executed = 20101;

    private int _hashes;
    private int _statements;
    private IExternalScopeProvider? _scopes;

    public int Hashes => Volatile.Read(ref _hashes);

    public int Statements => Volatile.Read(ref _statements);

    public void Watch(WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter<SignInWork>(Commands, LogLevel.Information);
        builder.Services.AddSingleton<ILoggerProvider>(this);
        builder.Services.AddScoped<IPasswordHasher<LocalUser>>(_ => new CountingHasher(this));
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == Executed)
            _scopes?.ForEachScope(static (scope, work) => work.CountIn(scope), this);
    }

    private void CountIn(object? scope)
    {
        if (scope is IEnumerable<KeyValuePair<string, object?>> words && words.Any(word => word is { Key: "RequestPath", Value: "/account/login" }))
            Interlocked.Increment(ref _statements);
    }

    public void Dispose() => _statements = 0;

    private sealed class CountingHasher(SignInWork work) : PasswordHasher<LocalUser>
    {
        public override PasswordVerificationResult VerifyHashedPassword(LocalUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref work._hashes);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
