using System.Globalization;

namespace PeerWeb.Bench.Harness;

/// <summary>One line of the table.</summary>
/// <param name="BaseLine">What the measured value stands beside; empty where nothing does.</param>
/// <param name="IsMet">Null where there is no target.</param>
internal sealed record Figure(string What, string Measured, string BaseLine, string Target, bool? IsMet)
{
    /// <param name="most">The largest factor that meets the target.</param>
    public static Figure OfRatio(string what, Samples measured, Samples baseLine, double most)
    {
        var ratio = measured.RatioTo(baseLine);
        return new Figure(what, $"{Times(ratio)} ({measured})", $"{baseLine.Name}: {baseLine}", $"at most {Times(most)}", ratio <= most);
    }

    public static Figure OfMedian(string what, Samples measured, Samples? baseLine, TimeSpan? most) => new(
        what, measured.ToString(), baseLine is null ? string.Empty : $"{baseLine.Name}: {baseLine}",
        most is { } time ? $"median at most {Samples.Show(time)}" : string.Empty, most is null ? null : measured.Median <= most);

    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + "x";

    public static string Count(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}

/// <summary>The figures as a Markdown table.</summary>
internal static class FigureTable
{
    public static IEnumerable<string> Of(IEnumerable<Figure> figures)
    {
        yield return "| figure | measured | base line | target | met |";
        yield return "|---|---|---|---|---|";
        foreach (var figure in figures)
            yield return $"| {figure.What} | {figure.Measured} | {figure.BaseLine} | {figure.Target} | {Met(figure.IsMet)} |";
    }

    private static string Met(bool? isMet) => isMet switch
    {
        true => "yes",
        false => "**no**",
        null => string.Empty,
    };
}
