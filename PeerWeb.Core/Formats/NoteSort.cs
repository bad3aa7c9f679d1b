using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PeerWeb.Core.Formats;

/// <summary>Puts notes in order, however many there are, with memory for some ten thousand: sorted runs in a temporary file, then merged.</summary>
internal sealed class NoteSort(IComparer<Note> order) : IDisposable
{
    private const int RunLength = 32 * 1024;

    private readonly SpillStream _spill = new(mostInMemory: 0);
    private readonly List<Note> _run = [];
    private readonly List<int> _lengths = [];

    public void Add(Note note)
    {
        _run.Add(note);
        if (_run.Count == RunLength)
            CloseRun();
    }

    /// <summary>All notes; to be read once, when all are there.</summary>
    public IEnumerable<Note> Sorted()
    {
        if (_lengths.Count == 0)
        {
            _run.Sort(order);
            return _run;
        }
        if (_run.Count > 0)
            CloseRun();
        return Merge();
    }

    public void Dispose() => _spill.Dispose();

    private void CloseRun()
    {
        _run.Sort(order);
        _spill.Append(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_run)));
        _lengths.Add(_run.Count);
        _run.Clear();
    }

    private IEnumerable<Note> Merge()
    {
        var runs = new PriorityQueue<RunReader, Note>(order);
        var at = 0L;
        foreach (var length in _lengths)
        {
            var reader = new RunReader(_spill, at, length);
            runs.Enqueue(reader, reader.Current);
            at += (long)length * RunReader.NoteSize;
        }
        while (runs.TryPeek(out var run, out var note))
        {
            yield return note;
            if (run.MoveNext())
                runs.DequeueEnqueue(run, run.Current);
            else
                runs.Dequeue();
        }
    }

    /// <summary>One run, a few hundred notes at a time.</summary>
    private sealed class RunReader
    {
        public static readonly int NoteSize = Unsafe.SizeOf<Note>();

        private readonly SpillStream _spill;
        private readonly Note[] _page;
        private long _at;
        private int _left;
        private int _index;
        private int _filled;

        public RunReader(SpillStream spill, long at, int length)
        {
            (_spill, _at, _left) = (spill, at, length);
            _page = new Note[Math.Min(256, length)];
            Fill();
        }

        public Note Current => _page[_index];

        public bool MoveNext()
        {
            if (++_index < _filled)
                return true;
            Fill();
            return _filled > 0;
        }

        private void Fill()
        {
            _filled = Math.Min(_page.Length, _left);
            _index = 0;
            var octets = MemoryMarshal.AsBytes(_page.AsSpan(0, _filled));
            _spill.Read(_at, octets);
            _at += octets.Length;
            _left -= _filled;
        }
    }
}
