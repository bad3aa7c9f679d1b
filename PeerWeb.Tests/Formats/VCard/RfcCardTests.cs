using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Entries;
using PeerWeb.Core.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.Formats.VCard;

/// <summary>The examples of RFC 6350 and RFC 2426 themselves.</summary>
public sealed class RfcCardTests
{
    public static TheoryData<string, string> Properties
    {
        get
        {
            var section = string.Empty;
            var data = new TheoryData<string, string>();
            foreach (var line in Lines("rfc6350-6-properties.txt"))
            {
                if (line.StartsWith('#'))
                    section = line[2..];
                else
                    data.Add(section, line);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Every_example_of_a_property_is_stored_as_it_is(string section, string line)
    {
        Assert.StartsWith("6.", section, StringComparison.Ordinal);

        var stored = Vcf.Stored(Vcf.Of("4.0", "UID:1", "FN:Ada", line));

        Assert.Contains(line, stored);
        Assert.Equal(stored, Vcf.Stored(Vcf.Index(Vcf.Of("4.0", "UID:1", "FN:Ada", line)).Text));
    }

    [Fact]
    public void The_author_of_RFC_6350_is_read()
    {
        var fields = Vcf.Fields(string.Join("\r\n", Lines("rfc6350-8-author.txt")));

        Assert.Equal(new StructuredName("Perreault", "Simon", "", "", "ing. jr, M.Sc."), fields.Name);
        Assert.Equal((CardDate.Of(null, 2, 3), CardDate.Of(2009, 8, 8)), (fields.Birthday, fields.Anniversary));
        Assert.Equal(["+1-418-656-9254;ext=102", "+1-418-262-6501"], fields.Phones.Select(phone => phone.Value));
        Assert.Equal(("work voice", true), (string.Join(' ', fields.Phones[0].Types), fields.Phones[0].IsPreferred));
        Assert.Equal(("Suite D2-630", "2875 Laurier", "Quebec", "Canada"), (fields.Addresses[0].Extended, fields.Addresses[0].Street, fields.Addresses[0].Locality, fields.Addresses[0].Country));
    }

    [Fact]
    public async Task The_group_of_RFC_6350_has_its_members()
    {
        var entries = (await Vcf.SplitAsync(string.Join("\r\n", Lines("rfc6350-6.6.5-group.txt")))).Cast<FileEntry.Readable>().ToList();

        var group = Vcf.Fields(entries[0].Text);

        Assert.Equal(ContactKind.Group, group.Kind);
        Assert.All(entries.Skip(1), member => Assert.Contains(group.Members, uri => ContactMember.Refers(uri, member.Uid)));
        Assert.DoesNotContain(group.Members, uri => ContactMember.Refers(uri, entries[0].Uid));
    }

    [Fact]
    public async Task The_authors_of_RFC_2426_are_read()
    {
        var entries = (await Vcf.SplitAsync(string.Join("\n", Lines("rfc2426-7-authors.txt")))).Cast<FileEntry.Readable>().ToList();

        Assert.Equal(["Frank Dawson", "Tim Howes"], entries.Select(entry => entry.Label));
        var dawson = Vcf.Fields(entries[0].Text);
        Assert.Equal(new PostalAddress("", "", "6544 Battleford Drive", "Raleigh", "NC", "27613-3502", "U.S.A.") { Types = ["work", "postal", "parcel"] }, dawson.Addresses[0]);
        Assert.Equal([("Frank_Dawson@Lotus.com", true), ("fdawson@earthlink.net", false)], dawson.Mails.Select(mail => (mail.Value, mail.IsPreferred)));
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Formats", "VCard", file));
}
