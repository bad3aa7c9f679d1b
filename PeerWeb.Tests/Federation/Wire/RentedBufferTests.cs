using System.Buffers;
using System.Security.Cryptography;
using PeerWeb.Core.Federation.Wire;
using Xunit;

namespace PeerWeb.Tests.Federation.Wire;

public sealed class RentedBufferTests
{
    [Fact]
    public void It_grows_with_what_is_written_and_holds_all_of_it()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        using var buffer = new RentedBuffer();
        foreach (var part in bytes.Chunk(7_001))
            buffer.Write(part);
        Assert.True(buffer.Written.Span.SequenceEqual(bytes));
        buffer.Clear();
        Assert.Equal(0, buffer.Written.Length);
    }

    [Fact]
    public void What_went_back_to_the_pool_is_never_shown_again()
    {
        var buffer = new RentedBuffer();
        buffer.Write("abc"u8);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Written);
        Assert.Throws<ObjectDisposedException>(() => buffer.GetMemory());
    }

    [Fact]
    public void More_than_was_given_cannot_be_claimed()
    {
        using var buffer = new RentedBuffer();
        var room = buffer.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
