using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.Entries;

/// <summary>One entry of an imported file: a text to save, or why there is none.</summary>
/// <param name="Number">1-based position in the file.</param>
/// <param name="Label">UID or title, as far as it could be read; for reports.</param>
/// <param name="Line">1-based line of the file where it begins, or that is to blame.</param>
public abstract record FileEntry(int Number, string Label, int Line)
{
    /// <summary>How many entries the file has; null where that is not known before its end.</summary>
    public int? Total { get; init; }

    /// <summary>Put together from the file, not checked: <see cref="IApp.Index"/> says whether it can be saved.</summary>
    /// <param name="Text">A complete text of its own.</param>
    /// <param name="Lines">For each property of the text, in its order, the line of the file on which it begins; 0 where it is not of the file.</param>
    public sealed record Readable(int Number, string Label, int Line, Uid Uid, string Text, IReadOnlyList<int> Lines) : FileEntry(Number, Label, Line)
    {
        /// <summary>What it makes of the entry of its UID that is there, where the file says a part of an entry alone; null where <see cref="Text"/> replaces that.</summary>
        public Func<string, string>? Over { get; init; }

        /// <param name="current">The text that is there.</param>
        public string TextOver(string current) => Over?.Invoke(current) ?? Text;

        /// <summary>The line of the file that a line of the text came from; where the entry begins for one that did not.</summary>
        /// <param name="lineOfText">1-based; null where no line is to blame.</param>
        public int LineInFile(int? lineOfText)
        {
            if (lineOfText is not { } wanted)
                return Line;
            var (property, line) = (-1, 0);
            foreach (var text in Text.AsSpan().EnumerateLines())
            {
                // A line that begins with a space goes on with the property before it.
                if (text is not [' ' or '\t', ..])
                    property++;
                if (++line >= wanted)
                    break;
            }
            return property >= 0 && property < Lines.Count && Lines[property] > 0 ? Lines[property] : Line;
        }
    }

    public sealed record Unreadable(int Number, string Label, int Line, string Reason) : FileEntry(Number, Label, Line);
}
