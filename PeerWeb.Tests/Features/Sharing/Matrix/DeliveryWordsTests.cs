using NodaTime;
using PeerWeb.Core.Primitives;
using PeerWeb.Core.Sync;
using PeerWeb.Features.Sharing;
using PeerWeb.Features.Sharing.Matrix;
using Xunit;
using static PeerWeb.Tests.Features.Sharing.Matrix.MatrixWorld;

namespace PeerWeb.Tests.Features.Sharing.Matrix;

public sealed class DeliveryWordsTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 11, 22, 13, 3);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly SharedDelivery Told = new(Key(Sam, Work), Globex, "Globex", Sam.Name, IsEnd: false, MessageState.Sent, At, 1, null, null);
    private static readonly SharedDelivery Waiting = Told with { State = MessageState.Waiting, Settled = null, Attempts = 0, NextTry = At };

    private static readonly SharedDelivery Failing =
        Waiting with { Key = Key(Sam, Home), Attempts = 2, NextTry = At + Duration.FromMinutes(5), Reason = "It does not answer." };

    [Fact]
    public void A_confirmed_notice_has_its_time_in_the_viewers_zone_or_says_UTC()
    {
        Assert.Equal("Globex confirmed 14:03", Words(Told, Berlin));
        Assert.Equal("Globex confirmed 13:03 UTC", Words(Told, DateTimeZone.Utc));
        Assert.Equal("Globex confirmed 22 Nov, 14:03", DeliveryWords.Of(Told, [Told], Berlin, At + Duration.FromDays(1)).Text);
    }

    [Fact]
    public void One_that_waits_behind_a_failing_one_says_when_it_is_tried_again_and_why()
    {
        Assert.Equal("Telling Globex…", Words(Waiting, Berlin, Waiting));
        Assert.Equal("Globex not reached, trying again at 14:08 (It does not answer)", Words(Waiting, Berlin, Waiting, Failing));
        Assert.Equal("Telling Globex…", Words(Waiting, Berlin, Waiting, Failing with { Peer = PeerId.New() }));
    }

    [Fact]
    public void The_last_word_on_each_row_counts_and_a_bad_one_comes_first()
    {
        var refused = Told with { Key = Key(Sam), State = MessageState.Refused, Reason = "No." };

        Assert.Equal(Told, DeliveryWords.Worst([Told, Waiting]));
        Assert.Equal(refused, DeliveryWords.Worst([Told, refused, Failing]));
        Assert.Null(DeliveryWords.Worst([]));
    }

    private static string Words(SharedDelivery delivery, DateTimeZone zone, params SharedDelivery[] all) => DeliveryWords.Of(delivery, all, zone, At).Text;
}
