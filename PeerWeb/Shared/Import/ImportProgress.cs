using System.Globalization;

namespace PeerWeb.Shared.Import;

/// <summary>How far something is, for eyes and for ears.</summary>
/// <param name="What">What is going on: "Reading the file".</param>
/// <param name="Words">"120 of 4,500 events".</param>
public sealed record ImportProgress(string What, string Words, long Done, long? Total)
{
    public static readonly ImportProgress None = new(string.Empty, string.Empty, 0, null);

    /// <summary>0 to 100; null where the end is not known.</summary>
    public string? Percent => Share is { } share ? share.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>For a live region: it changes at every tenth, not with every entry.</summary>
    public string Spoken => Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"{What}: {share / 10 * 10} %") : What;

    private long? Share => Total is { } total and > 0 ? Math.Min(100, 100 * Done / total) : null;

    public static ImportProgress Uploading(long done, long total) => new("Uploading the file", $"{Mebi(done)} of {Mebi(total)} MiB", done, total);

    /// <param name="entries">What they are called: "events".</param>
    public static ImportProgress Of(string what, string entries, int done, int? total) =>
        new(what, total is { } all ? $"{Number(done)} of {Number(all)} {entries}" : $"{Number(done)} {entries}", done, total);

    public static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Mebi(long octets) => (octets / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);
}
