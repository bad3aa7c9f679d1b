using CsCheck;
using PeerWeb.Core.Entries;
using Xunit;
using static PeerWeb.Tests.Federation.Merge.HandMadeWorld;

namespace PeerWeb.Tests.Federation.Merge;

/// <summary>However entries are split over installations and pages, the list is that of one store over all of them.</summary>
public sealed class MergedListProperties
{
    private static readonly string[] Names = ["", "a", "Ä", "a b", "B", "b", "é", "ß", "😀", "￮", "zoe", "Zoé"];

    private static readonly Gen<((int Store, int Name)[] Entries, int PageSize)> Cases =
        Gen.Select(Gen.Select(Gen.Int[0, 3], Gen.Int[0, Names.Length - 1]).Array[0, 60], Gen.Int[1, 9]);

    [Fact]
    public async Task Any_split_over_installations_and_any_page_size_give_the_list_of_one_store() => await Cases.ForAllAsync(
        async one =>
        {
            var world = new HandMadeWorld();
            HandMadeStore[] stores = [world.Own, world.AddPeer("acme"), world.AddPeer("globex"), world.AddPeer("initech")];
            foreach (var (store, name) in one.Entries)
                stores[store].Add(Names[name]);
            var order = QueryOrder.OfList(EntrySort.Title);
            var whole = stores.SelectMany(store => store.Entries).Select(entry => order.Place(entry)).Order(order).Select(placed => placed.Summary).ToList();

            await using var list = world.Open(one.PageSize);
            var snapshot = await FirstAsync(list);
            for (var wanted = 0; ; wanted = snapshot.Entries.Count + one.PageSize, snapshot = await MoreAsync(list))
            {
                Assert.InRange(snapshot.Entries.Count, Math.Min(wanted, whole.Count), whole.Count);
                Assert.Equal(whole.Take(snapshot.Entries.Count), snapshot.Entries.Select(entry => entry.Summary));
                if (!snapshot.HasMore)
                    break;
            }
            Assert.Equal(whole.Count, snapshot.Entries.Count);
            Assert.Equal(stores.Length, snapshot.Installations.Count);
        }, cases: 150);
}
