using PeerWeb.Core.Federation.Merge;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Calendars.Edit;
using PeerWeb.Shared.Entries;
using PeerWeb.Tests.Features.Calendars;
using PeerWeb.Tests.Features.Calendars.Edit;
using Xunit;

namespace PeerWeb.Tests.Shared.Entries;

public sealed class EntryAllowanceTests
{
    [Theory]
    [InlineData(Rights.Read, "sam@globex.example lets you read this calendar, not edit its events.")]
    [InlineData(Rights.Read | Rights.Add | Rights.Delete, "sam@globex.example lets you read, add to and delete from this calendar, not edit its events.")]
    [InlineData(Rights.Edit, "sam@globex.example does not let you edit its events.")]
    [InlineData(Rights.Read | Rights.Edit, null)]
    public void The_reason_names_what_there_is_and_what_is_missing(Rights rights, string? reason) =>
        Assert.Equal(reason, EntryAllowance.Of(EventKind.Nouns, Events.Sams(rights)).NoSave);

    [Fact]
    public void One_may_do_everything_with_ones_own_and_nothing_with_what_is_refused()
    {
        Assert.Equal(new EntryAllowance(null, null, null), EntryAllowance.Of(EventKind.Nouns, Merged.Mine));
        Assert.Contains(
            "does not share this calendar with you any more",
            EntryAllowance.Of(EventKind.Nouns, Events.Sams(Rights.All) with { Status = new SourceStatus(SourceState.Refused, null, null) }).NoDelete,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_event_goes_where_one_may_add_ones_own_calendars_first()
    {
        var also = Merged.NewSource("ada@acme.example", "Home", 3, isMine: true);
        var readOnly = Merged.NewSource("henry@globex.example", "Henry", 4);

        var targets = Events.Scene(readOnly, Events.Sams(Rights.Add), Merged.Mine, also).Targets;

        Assert.Equal(["Home", "Work", "Sam"], targets.SelectMany(group => group.Sources).Select(source => source.Name));
        Assert.Equal(["My calendars", "Globex"], targets.Select(group => group.Title));
    }
}
