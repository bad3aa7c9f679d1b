using PeerWeb.Core.Federation.Signing;
using Xunit;

namespace PeerWeb.Tests.Federation.Signing;

public sealed class ActorFieldTests
{
    [Theory]
    [InlineData("\"sam\"", "sam")]
    [InlineData("\"sam\"; groups=(\"sales\")", "sam", "sales")]
    [InlineData("\"s.a_m-1\"; groups=(\"sales\" \"board\")", "s.a_m-1", "sales", "board")]
    public void A_user_and_groups_are_read_and_written_the_same(string text, string user, params string[] groups)
    {
        Assert.True(ActorField.TryParse(text, out var actor));
        Assert.Equal(user, actor.User);
        Assert.Equal(groups, actor.Groups);
        Assert.Equal(text, ActorField.Create(user, groups).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sam")]
    [InlineData("\"\"")]
    [InlineData("\"Sam\"")]
    [InlineData("\"sam@globex.example\"")]
    [InlineData("\"acct:sam\"")]
    [InlineData("\"%73am\"")]
    [InlineData("\"s\u00e0m\"")]
    [InlineData("\"sam \"")]
    [InlineData("\"sam\"\n")]
    [InlineData("\"sam\", \"ada\"")]
    [InlineData("\"sam\";groups=(\"sales\")")]
    [InlineData("\"sam\"; groups=()")]
    [InlineData("\"sam\"; groups=(\"Sales\")")]
    [InlineData("\"sam\"; groups=(\"sales\" \"sales\")")]
    [InlineData("\"sam\"; groups=(\"sales\"); admin")]
    [InlineData("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    public void Any_other_spelling_is_refused(string text) => Assert.False(ActorField.TryParse(text, out _));

    [Fact]
    public void A_name_that_could_not_be_read_back_is_not_written()
        => Assert.Throws<FormatException>(() => ActorField.Create("sam\"; groups=(\"admins"));
}
