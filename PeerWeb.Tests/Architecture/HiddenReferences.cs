using Microsoft.EntityFrameworkCore;

namespace PeerWeb.Tests.Architecture;

// One way each in which a type can refer to another; the rules are worth nothing where they miss one of these.

public sealed class InAProperty
{
    public DbContext? Context { get; init; }
}

public sealed class InASignature
{
    public static void Take(IReadOnlyList<DbContext> contexts) => _ = contexts.Count;
}

public sealed class InABody
{
    public static string Name(object given) => given is DbContext context ? context.ToString() ?? string.Empty : string.Empty;
}

public sealed class InAnAsyncBody
{
    public static async Task CloseAsync(IAsyncDisposable given)
    {
        await Task.Yield();
        if (given is DbContext context)
            await context.DisposeAsync();
    }
}

public sealed class InAnIterator
{
    public static IEnumerable<string> Names(IEnumerable<object> given)
    {
        foreach (var one in given)
        {
            if (one is DbContext context)
                yield return context.ContextId.ToString();
        }
    }
}

public sealed class InALambda
{
    public static int Count(IEnumerable<object> given) => given.Count(one => one is DbContext);
}

public sealed class InAnAsyncLambdaThatCaptures
{
    public static Func<Task<bool>> Ask(object given) => async () =>
    {
        await Task.Yield();
        return given is DbContext;
    };
}

public sealed class InAnAsyncIterator
{
    public static async IAsyncEnumerable<string> Names(IEnumerable<object> given)
    {
        foreach (var one in given)
        {
            await Task.Yield();
            if (one is DbContext context)
                yield return context.ContextId.ToString();
        }
    }
}

public sealed class InALocalFunction
{
    public static bool Is(object given)
    {
        return Look();

        bool Look() => given is DbContext;
    }
}

public sealed class InABase(DbContextOptions options) : DbContext(options);
