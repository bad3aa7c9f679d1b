using System.Globalization;
using PeerWeb.Bench.Data;

namespace PeerWeb.Bench.Circuits;

/// <summary>What a browser with an empty storage, a light theme and a window of 1440 x 900 answers to the calls of a page.</summary>
internal static class BrowserAnswers
{
    /// <summary>What the answer is to be (<c>JSCallResultType</c>).</summary>
    private const long AnObject = 1;
    private const long AStream = 2;
    private const long Nothing = 3;

    /// <param name="kind">What the answer is to be.</param>
    /// <param name="id">Of the object that an answer may be.</param>
    /// <returns>JSON.</returns>
    public static string Of(string function, long kind, long id) => kind switch
    {
        AnObject => string.Create(CultureInfo.InvariantCulture, $$"""{"__jsObjectId":{{id}}}"""),
        AStream => string.Create(CultureInfo.InvariantCulture, $$"""{"__jsStreamReferenceLength":2,"__jsObjectId":{{id}}}"""),
        Nothing => "null",
        _ => function switch
        {
            "peerwebTheme.watch" => """{"choice":"system","isDark":false}""",
            "peerwebShell.timeZone" or "timeZone" => $"\"{BenchCalendar.ZoneId}\"",
            "window.hasOwnProperty" => "true",
            "mudpopoverHelper.countProviders" => "0",
            "mudElementRef.getBoundingClientRect" =>
                """{"x":0,"y":48,"width":195,"height":852,"top":48,"right":195,"bottom":900,"left":0,"scrollY":0,"scrollX":0,"windowHeight":900,"windowWidth":1440}""",
            "mudResizeListener.getBrowserWindowSize" => """{"height":900,"width":1440}""",
            "remembered" or "rememberedInTab" => "[]",
            _ => "null",
        },
    };
}
