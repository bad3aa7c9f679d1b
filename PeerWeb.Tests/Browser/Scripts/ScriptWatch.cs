using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace PeerWeb.Tests.Browser.Scripts;

/// <summary>Notices whatever a stored script does in a browser: that it ran, asked, tried to and was stopped, or became a link.</summary>
internal sealed class ScriptWatch
{
    private const string Listener = "addEventListener('securitypolicyviolation', event => violated(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))";

    /// <summary>What markup of ours never has: handlers as attributes, frames, objects, and links to anywhere but where links may lead.</summary>
    private const string Injected = """
        () => {
          const found = [];
          for (const element of document.querySelectorAll('*')) {
            for (const { name, value } of element.attributes)
              if (/^on/i.test(name) || (/^(href|src|action|formaction|xlink:href|data|srcdoc)$/i.test(name) && !/^(https?:|mailto:|tel:|blob:|data:image\/|[#.?]|\/(?!\/)|[^:]*$)/i.test(value)))
                found.push(`${element.tagName} ${name}=${value}`);
            if (/^(iframe|object|embed|math|animate|use|audio|video)$/i.test(element.tagName)) found.push(element.tagName);
            if (element.tagName === 'SCRIPT' && !element.src) found.push('SCRIPT without a source');
          }
          return found;
        }
        """;

    private readonly ConcurrentQueue<string> _ran = new();
    private readonly ConcurrentQueue<string> _stopped = new();

    public IReadOnlyCollection<string> Ran => _ran;

    public IReadOnlyCollection<string> Stopped => _stopped;

    public static async Task<ScriptWatch> OnAsync(Visit visit)
    {
        var watch = new ScriptWatch();
        var context = visit.Page.Context;
        await context.ExposeBindingAsync("pwned", (BindingSource source, object? number) => watch._ran.Enqueue($"{source.Page.Url}: {number}"));
        await context.ExposeBindingAsync("violated", (BindingSource source, string what) => watch._stopped.Enqueue($"{source.Page.Url}: {what}"));
        await context.AddInitScriptAsync(Listener);
        visit.Page.Dialog += async (_, dialog) =>
        {
            watch._ran.Enqueue($"{visit.Page.Url}: {dialog.Type} {dialog.Message}");
            await dialog.DismissAsync();
        };
        return watch;
    }

    /// <summary>Nothing ran, nothing had to be stopped, and nothing became markup.</summary>
    public async Task AssertNothingAsync(Visit visit)
    {
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(Injected));
        Assert.Empty(_ran);
        Assert.Empty(_stopped);
        // That a page is not there is an error to the browser's console.
        Assert.All(visit.Complaints, complaint => Assert.Contains("status of 404", complaint, StringComparison.Ordinal));
    }
}
