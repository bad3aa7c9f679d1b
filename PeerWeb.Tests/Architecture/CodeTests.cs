using Xunit;

namespace PeerWeb.Tests.Architecture;

/// <summary>The rules can fail: what they look for is seen wherever it hides.</summary>
public sealed class CodeTests
{
    [Theory]
    [InlineData(typeof(InAProperty))]
    [InlineData(typeof(InASignature))]
    [InlineData(typeof(InABody))]
    [InlineData(typeof(InAnAsyncBody))]
    [InlineData(typeof(InAnIterator))]
    [InlineData(typeof(InAnAsyncIterator))]
    [InlineData(typeof(InALambda))]
    [InlineData(typeof(InAnAsyncLambdaThatCaptures))]
    [InlineData(typeof(InALocalFunction))]
    [InlineData(typeof(InABase))]
    public void A_reference_is_seen_wherever_it_hides(Type offender)
    {
        var code = Code.Tests.Single(type => type.Name == offender.FullName);

        Assert.NotEmpty(Code.References([code], "Microsoft.EntityFrameworkCore"));
        Assert.Empty(Code.References([code], "Microsoft.EntityFrameworkCor"));
    }
}
