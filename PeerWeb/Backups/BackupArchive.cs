using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerWeb.Cli;

namespace PeerWeb.Backups;

/// <summary>A backup as one file: a tar, packed by gzip, its manifest first. Nothing in it is believed before its hash is right.</summary>
internal static partial class BackupArchive
{
    private const int LargestManifest = 1024 * 1024;
    private const int ChunkSize = 128 * 1024;

    /// <summary>Writes the manifest and the files that it names, from <paramref name="folder"/>, and lets the disk have them.</summary>
    public static async Task WriteAsync(FileStream target, BackupManifest manifest, string folder, Action<long> tell, CancellationToken cancellationToken)
    {
        await using (var packed = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        await using (var tar = new TarWriter(packed, TarEntryFormat.Pax))
        {
            await using var description = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json));
            await tar.WriteEntryAsync(Entry(BackupManifest.FileName, description, manifest.Created), cancellationToken);
            foreach (var part in manifest.Files)
            {
                await using var content = new ToldStream(File.OpenRead(Path.Combine(folder, part.Name)), tell);
                await tar.WriteEntryAsync(Entry(part.Name, content, manifest.Created), cancellationToken);
            }
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Reads a backup to its end: every file that the manifest names, whole and with its hash, and no other.</summary>
    /// <param name="folder">Where the files go; null to look at them only. It is there.</param>
    /// <param name="accept">Sees the manifest before any file is written; throws where it is not wanted.</param>
    /// <exception cref="CommandFailedException">It is not a backup, not whole, changed, or not accepted.</exception>
    public static async Task<BackupManifest> ReadAsync(
        FileStream source, string? folder, Action<BackupManifest> accept, Action<long> tell, CancellationToken cancellationToken)
    {
        try
        {
            long unpacked = 0;
            await using var packed = new ToldStream(new GZipStream(source, CompressionMode.Decompress, leaveOpen: true), octets => unpacked += octets);
            await using var tar = new TarReader(packed, leaveOpen: true);
            var manifest = await ManifestAsync(await tar.GetNextEntryAsync(copyData: false, cancellationToken), cancellationToken);
            accept(manifest);
            foreach (var part in manifest.Files)
            {
                var entry = await tar.GetNextEntryAsync(copyData: false, cancellationToken);
                if (entry?.Name != part.Name || entry.EntryType != TarEntryType.RegularFile || entry.Length != part.Length)
                    throw Broken($"{part.Name} is missing or has another length.");
                await using var file = folder is null ? Stream.Null : PrivateFiles.Create(Path.Combine(folder, part.Name));
                if (await CopyAsync(entry.DataStream ?? Stream.Null, file, tell, cancellationToken) != part.Sha256)
                    throw Broken($"{part.Name} has another hash than the manifest says.");
                if (file is FileStream written)
                    written.Flush(flushToDisk: true);
            }
            if (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is not null)
                throw Broken("It holds files that the manifest does not name.");
            await CopyAsync(packed, Stream.Null, tell, cancellationToken);
            return await SaidLengthAsync(source, cancellationToken) == (uint)unpacked ? manifest : throw Broken("Its end was cut off, or something was added to it.");
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or EndOfStreamException or FormatException or JsonException)
        {
            throw Broken("It is cut off, or it is none.");
        }
    }

    /// <returns>SHA-256, lower-case hex.</returns>
    public static async Task<string> HashAsync(string file, Action<long> tell, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        return await CopyAsync(content, Stream.Null, tell, cancellationToken);
    }

    /// <summary>RFC 1952 2.3.1, ISIZE: .NET's reader takes a file without it for a whole one.</summary>
    private static async Task<uint> SaidLengthAsync(Stream source, CancellationToken cancellationToken)
    {
        var end = new byte[sizeof(uint)];
        source.Seek(-end.Length, SeekOrigin.End);
        await source.ReadExactlyAsync(end, cancellationToken);
        return BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    private static PaxTarEntry Entry(string name, Stream content, DateTimeOffset time) =>
        new(TarEntryType.RegularFile, name) { DataStream = content, Mode = PrivateFiles.OwnerOnly, ModificationTime = time };

    private static async Task<BackupManifest> ManifestAsync(TarEntry? first, CancellationToken cancellationToken)
    {
        if (first is not { Name: BackupManifest.FileName, Length: <= LargestManifest, DataStream: { } content })
            throw Broken("It does not begin with a manifest.");
        using var json = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken);
        // Looked at first: what else a newer one has cannot be known.
        if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) && number > BackupManifest.NewestFormat)
            throw new CommandFailedException($"The backup has format {number}; this PeerWeb reads up to {BackupManifest.NewestFormat}. Restore it with a newer one.");
        var manifest = json.RootElement.Deserialize<BackupManifest>(BackupManifest.Json) ?? throw Broken("Its manifest is empty.");
        if (manifest.Files.Any(part => !PartName().IsMatch(part.Name)) || manifest.Files.DistinctBy(part => part.Name).Count() != manifest.Files.Count)
            throw Broken("Its manifest names files that a backup does not have.");
        return manifest;
    }

    private static async Task<string> CopyAsync(Stream source, Stream target, Action<long> tell, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkSize];
        for (int read; (read = await source.ReadAsync(chunk, cancellationToken)) > 0; tell(read))
        {
            hash.AppendData(chunk, 0, read);
            await target.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static CommandFailedException Broken(string reason) => new($"This is not a whole backup. {reason}");

    [GeneratedRegex(@"\A(entries\.db|identity\.db|postgres\.dump|keys/key-[0-9a-f-]{36}\.xml)\z")]
    private static partial Regex PartName();

    /// <summary>Tells how much of another was read.</summary>
    private sealed class ToldStream(Stream inner, Action<long> tell) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Told(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Told(await inner.ReadAsync(buffer, cancellationToken));

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush() => inner.Flush();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private int Told(int read)
        {
            tell(read);
            return read;
        }
    }
}
