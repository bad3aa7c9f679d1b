namespace PeerWeb.Core.Formats;

/// <summary>Where a piece of a file is kept, and what it belongs to.</summary>
/// <param name="Key">The same for all pieces of one entry.</param>
/// <param name="First">Place of the entry's first piece.</param>
/// <param name="Place">Its place among all pieces of the file.</param>
/// <param name="Container">1-based number of what it is in, such as the VCALENDAR; 0 where that says nothing.</param>
internal readonly record struct Note(UInt128 Key, long First, long Place, long At, int Length, int Container)
{
    public static readonly IComparer<Note> ByKey = Comparer<Note>.Create((left, right) =>
        left.Key != right.Key ? left.Key.CompareTo(right.Key) : left.Place.CompareTo(right.Place));

    public static readonly IComparer<Note> ByFirst = Comparer<Note>.Create((left, right) =>
        left.First != right.First ? left.First.CompareTo(right.First) : left.Place.CompareTo(right.Place));

    public SpillStream.Piece Piece => new(At, Length);
}
