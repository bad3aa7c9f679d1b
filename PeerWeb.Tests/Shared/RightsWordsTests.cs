using PeerWeb.Core.Primitives;
using PeerWeb.Shared;
using Xunit;

namespace PeerWeb.Tests.Shared;

public sealed class RightsWordsTests
{
    [Theory]
    [InlineData(Rights.FreeBusy | Rights.Read, "You can read this calendar.")]
    [InlineData(Rights.Read | Rights.Add | Rights.Edit, "You can read, add to and edit this calendar.")]
    [InlineData(Rights.FreeBusy | Rights.Read | Rights.Private, "You can read and see what is private in this calendar.")]
    [InlineData(Rights.FreeBusy, "You can only see when this calendar is busy.")]
    public void Rights_are_a_sentence(Rights rights, string sentence) => Assert.Equal(sentence, RightsWords.Sentence(rights, isMine: false, "calendar"));

    [Fact]
    public void What_is_mine_needs_no_rights() =>
        Assert.Equal("This is your calendar: you can do everything.", RightsWords.Sentence(Rights.All, isMine: true, "calendar"));
}
