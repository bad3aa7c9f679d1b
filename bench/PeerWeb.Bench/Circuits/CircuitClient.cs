using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PeerWeb.Bench.Circuits;

/// <param name="First">Its first day, ISO 8601.</param>
/// <param name="Events">Instances that begin in it.</param>
internal sealed record ShownMonth(string First, int Events)
{
    /// <summary>What is in the text of each event that begins in it, and of no other.</summary>
    public ReadOnlyMemory<byte> Mark { get; } = Encoding.UTF8.GetBytes($" data-start=\"{First[..7]}");
}

/// <summary>One open page of the calendar: talks with the server as the browser's script does, and draws nothing.</summary>
internal sealed class CircuitClient : IAsyncDisposable
{
    /// <summary>Against a hang; whatever takes longer is an error.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    // A screen tall enough for all events of each day.
    private const int CellHeight = 1_000;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _leaving = new();
    private readonly ConcurrentDictionary<(string Element, string Name), long> _handlers = new();
    private readonly TaskCompletionSource<long> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CircuitPage _page;
    private readonly HubSocket _hub;
    private readonly Task _receiving;
    private readonly Task _pinging;
    private Awaited _awaited;
    private long _interop;
    private long _objects;
    private long _calls;

    private CircuitClient(CircuitPage page, HubSocket hub, ShownMonth month)
    {
        (_page, _hub, _awaited) = (page, hub, new Awaited(month));
        _receiving = ReceiveAsync();
        _pinging = PingAsync();
    }

    /// <summary>Until the month with all its events has arrived.</summary>
    public static async Task<CircuitClient> OpenAsync(Visitor visitor, ShownMonth month, CancellationToken cancellationToken)
    {
        var page = await visitor.GetPageAsync($"/calendar/month/{month.First}", cancellationToken);
        var client = new CircuitClient(page, await visitor.ConnectAsync(cancellationToken), month);
        try
        {
            await client.StartAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clicks a button of the page, until the month with all its events has arrived.</summary>
    /// <returns>When that was, as <see cref="Stopwatch.GetTimestamp"/> counts.</returns>
    public async Task<long> ClickAsync(string button, ShownMonth month, CancellationToken cancellationToken)
    {
        var awaited = new Awaited(month);
        Volatile.Write(ref _awaited, awaited);
        await DispatchAsync(button, "onclick", "click", """{"detail":1,"button":0,"buttons":0,"type":"click"}""");
        return await UntilAsync(awaited.Arrived.Task, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _receiving;
        await _pinging;
        await _hub.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var arriving = _awaited.Arrived.Task;
        object?[] arguments = [new Uri(_page.Address, "/").ToString(), _page.Address.ToString(), "[]", _page.State];
        await _hub.SendAsync([HubSocket.Invocation, EmptyMap.Instance, "0", "StartCircuit", arguments], cancellationToken);
        await UntilAsync(arriving, cancellationToken);
    }

    private async Task<long> UntilAsync(Task<long> arriving, CancellationToken cancellationToken) =>
        await await Task.WhenAny(arriving, _ended.Task).WaitAsync(Guard, cancellationToken);

    private async Task ReceiveAsync()
    {
        try
        {
            await foreach (var message in _hub.ReceiveAsync(_leaving.Token))
                await HandleAsync(message);
            _ended.TrySetException(new InvalidOperationException("The server closed the connection."));
        }
        catch (Exception ended)
        {
            // Whoever waits for something hears of it.
            _ended.TrySetException(ended);
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_leaving.Token))
                await _hub.SendAsync([HubSocket.Ping], _leaving.Token);
        }
        catch (Exception ended)
        {
            _ended.TrySetException(ended);
        }
    }

    private Task HandleAsync(object?[] message) => message switch
    {
        [(long)HubSocket.Invocation, _, _, "JS.RenderBatch", object?[] and [long id, ReadOnlyMemory<byte> octets], ..] => DrawAsync(id, new RenderBatch(octets)),
        [(long)HubSocket.Invocation, _, _, "JS.BeginInvokeJS", object?[] and [long call, string function, string arguments, long kind, ..], ..] =>
            AnswerAsync(call, function, arguments, kind),
        [(long)HubSocket.Invocation, _, _, "JS.EndInvokeDotNet", object?[] and [_, false, var error, ..], ..] => throw new InvalidOperationException($"A call failed: {error}"),
        [(long)HubSocket.Invocation, _, _, "JS.Error", object?[] and [var error, ..], ..] => throw new InvalidOperationException($"The circuit failed: {error}"),
        [(long)HubSocket.Completion, _, _, 1L, var error, ..] => throw new InvalidOperationException($"The circuit did not start: {error}"),
        [(long)HubSocket.Close, ..] => throw new InvalidOperationException("The server ended the circuit."),
        _ => Task.CompletedTask,
    };

    private Task DrawAsync(long id, RenderBatch batch)
    {
        var arrived = Stopwatch.GetTimestamp();
        foreach (var (testId, name, handler) in batch.Handlers("data-testid"))
            _handlers[(testId, name)] = handler;
        foreach (var (grid, name, handler) in batch.Handlers("data-grid"))
            _handlers[(grid, name)] = handler;
        var awaited = Volatile.Read(ref _awaited);
        batch.AddEvents(awaited.Month.Mark.Span, awaited.Seen);
        if (awaited.Seen.Count >= awaited.Month.Events)
            awaited.Arrived.TrySetResult(arrived);
        return _hub.InvokeAsync("OnRenderCompleted", [id, null], _leaving.Token);
    }

    private async Task AnswerAsync(long call, string function, string arguments, long kind)
    {
        using var given = JsonDocument.Parse(arguments);
        switch (function)
        {
            case "Blazor._internal.attachWebRendererInterop":
                _interop = given.RootElement[1].GetProperty("__dotNetObject").GetInt64();
                await _hub.InvokeAsync("UpdateRootComponents", [Operations(), _page.State], _leaving.Token);
                break;
            case "Blazor._internal.navigationManager.navigateTo":
                var address = new Uri(_page.Address, given.RootElement[0].GetString()).ToString();
                await _hub.InvokeAsync("OnLocationChanged", [address, null, false], _leaving.Token);
                break;
            case "watchSize":
                await DispatchAsync("month", "ongridsize", "gridsize", string.Create(CultureInfo.InvariantCulture, $$"""{"cellHeight":{{CellHeight}},"isNarrow":false}"""));
                break;
        }
        var answer = BrowserAnswers.Of(function, kind, ++_objects);
        await _hub.InvokeAsync("EndInvokeJSFromDotNet", [call, true, string.Create(CultureInfo.InvariantCulture, $"[{call},true,{answer}]")], _leaving.Token);
        if (function == "Blazor._internal.sendJSDataStream")
            await _hub.InvokeAsync("ReceiveJSDataChunk", [given.RootElement[1].GetInt64(), 0, "[]"u8.ToArray(), null], _leaving.Token);
    }

    private Task DispatchAsync(string element, string attribute, string name, string details)
    {
        if (!_handlers.TryGetValue((element, attribute), out var handler))
            throw new InvalidOperationException($"Nothing drawn so far handles {name} on {element}.");
        var call = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        var what = string.Create(CultureInfo.InvariantCulture, $$"""[{"eventHandlerId":{{handler}},"eventName":"{{name}}","eventFieldInfo":null},{{details}}]""");
        return _hub.InvokeAsync("BeginInvokeDotNetFromJS", [call, null, "DispatchEventAsync", _interop, what], _leaving.Token);
    }

    /// <summary>The page's root components, to be drawn.</summary>
    private string Operations() => string.Create(CultureInfo.InvariantCulture, $$"""{"batchId":1,"operations":[{{string.Join(',', _page.Markers.Select(Operation))}}]}""");

    private static string Operation(string marker, int number) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"type":"add","ssrComponentId":{{number + 1}},"marker":{{marker[..^1]}},"uniqueId":{{number}}""") + "}}";

    private sealed record Awaited(ShownMonth Month)
    {
        /// <summary>Its events so far: a day whose events do not change is not sent twice.</summary>
        public HashSet<string> Seen { get; } = [];

        public TaskCompletionSource<long> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
