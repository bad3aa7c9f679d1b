namespace PeerWeb.Core.Peers;

/// <summary>The 2,048 words that fingerprints are read out with: 11 bits each, all different in their first four letters.</summary>
/// <remarks>The order is part of the format: two installations must say the same words for the same key.</remarks>
public static class FingerprintWords
{
    private static readonly string[] Words = Load();

    public static IReadOnlyList<string> All => Words;

    /// <summary>The number of a word, found by its first four letters, so that a slip at its end does not matter; -1 for none.</summary>
    public static int NumberOf(string word)
    {
        if (word.Length < 4)
            return -1;
        var found = Array.BinarySearch(Words, word, StringComparer.Ordinal);
        if (found >= 0)
            return found;
        return Array.FindIndex(Words, known => known.AsSpan(0, 4).SequenceEqual(word.AsSpan(0, 4)));
    }

    private static string[] Load()
    {
        using var stream = typeof(FingerprintWords).Assembly.GetManifestResourceStream(typeof(FingerprintWords), "fingerprint-words.txt")
            ?? throw new InvalidOperationException("The word list is not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
