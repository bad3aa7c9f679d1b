using CsCheck;
using NodaTime;
using PeerWeb.Core.AddressBooks;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;
using PeerWeb.Tests.Formats.VCard;
using Xunit;

namespace PeerWeb.Tests.AddressBooks;

/// <summary>What holds for any contact and any edit.</summary>
public sealed class ContactTextProperties
{
    private const int Few = 300;

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly ContactText Texts = new();

    private static readonly string[] Unknown = ["X-UNKNOWN;X-P=\"a;b:c\":kept\\, \\;as it is", "XML:<a/>", "item9.X-MINE:1", "RELATED;TYPE=friend:urn:uuid:1"];

    private static readonly Gen<string> Word = OneOf("Ada", "a;b,c\\d", "ümläut ☂", "x: y=\"z\"", "^n^'^^", "\\n", "BEGIN:VCARD", "末広", "a=3D", "e\u0301".Normalize(), "😀");

    private static readonly Gen<string> Maybe = Gen.OneOf(Gen.Const(string.Empty), Word);

    private static readonly Gen<ValueList<string>> Types = OneOf("home", "work", "cell", "x-mine").Array[0, 2].Select(types => (ValueList<string>)[.. types.Distinct()]);

    private static readonly Gen<ContactValue> Value = Gen.Select(Word, Types, Gen.Bool, Gen.OneOf(Gen.Const((string?)null), Word.Select(word => (string?)word)))
        .Select((word, types, isPreferred, label) => new ContactValue(word) { Types = types, IsPreferred = isPreferred, Label = label });

    private static readonly Gen<ValueList<ContactValue>> Values = Value.Array[0, 3].Select(values => (ValueList<ContactValue>)[.. values]);

    private static readonly Gen<PostalAddress> Address = Gen.Select(Maybe, Maybe, Maybe, Maybe, Word, Types)
        .Select((box, street, city, code, country, types) => new PostalAddress(box, string.Empty, street, city, string.Empty, code, country) { Types = types });

    private static readonly Gen<CardDate?> Date = Gen.Select(Gen.Int[0, 3], Gen.Int[1605, 2100], Gen.Int[1, 12], Gen.Int[1, 28])
        .Select((form, year, month, day) => form switch { 0 => null, 1 => CardDate.Of(year, month, day), 2 => CardDate.Of(null, month, day), _ => CardDate.Of(year, month, null) });

    private static readonly Gen<ContactFields> Fields = Gen.Select(
        Gen.Select(Word, Maybe, Maybe, Maybe, Maybe).Select((name, family, given, org, title) => new ContactFields
        {
            FormattedName = name,
            Name = new StructuredName(family, given, string.Empty, string.Empty, string.Empty),
            Organization = org,
            Title = title,
        }),
        Gen.Select(Values, Values, Address.Array[0, 2]),
        Gen.Select(Date, Date, Maybe, Word.Array[0, 3], Gen.Bool, Gen.Int[0, 3]))
        .Select((fields, lists, more) => fields with
        {
            Phones = lists.Item1,
            Mails = lists.Item2,
            Addresses = [.. lists.Item3],
            Birthday = more.Item1,
            Anniversary = more.Item2,
            Notes = more.Item3,
            Categories = [.. more.Item4.Distinct()],
            IsPrivate = more.Item5,
            Kind = (ContactKind)more.Item6,
        });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void What_is_written_is_read_again() => Fields.ForAll(
        fields =>
        {
            var text = Texts.Create(Uid.Parse("uid-1"), fields, Now);
            Assert.Equal(fields, Texts.Read(text));
            Assert.Equal(text, Vcf.Index(text).Text);
            Assert.Equal(fields, Texts.Read(CardDowngrade.Write(text)));
        },
        cases: Few);

    [Fact]
    public void An_edit_says_what_was_meant_and_leaves_what_nobody_knows() => Gen.Select(Fields, Fields).ForAll(
        (first, second) =>
        {
            var text = CardText.Of([.. CardText.Read(Texts.Create(Uid.Parse("uid-1"), first, Now)).Lines, .. Unknown.Select(line => CardLine.Parse(line, 0))]).Text;

            var changed = Texts.Change(text, Texts.Read(text), second, Now);

            Assert.Equal(second, Texts.Read(changed));
            Assert.Superset(Unknown.ToHashSet(), Vcf.Stored(changed).ToHashSet());
            Assert.Equal(text, Texts.Change(text, first, Texts.Read(text), Now));
        },
        cases: Few);

    [Fact]
    public void A_merge_is_the_same_from_both_sides_and_one_sided_edits_are_never_lost() => Gen.Select(Fields, Fields, Fields).ForAll(
        (origin, mine, theirs) =>
        {
            var text = Texts.Create(Uid.Parse("uid-1"), origin, Now);
            var (left, right) = (Texts.Change(text, origin, mine, Now), Texts.Change(text, origin, theirs, Now));

            Assert.Equal(left, Texts.Merge(text, left, text).Text);
            var (merge, reverse) = (Texts.Merge(text, left, right), Texts.Merge(text, right, left));
            Assert.Equal((merge.Text, merge.Conflicts.Count), (reverse.Text, reverse.Conflicts.Count));
            if (merge.Text is not null)
                Vcf.Index(merge.Text);
            Assert.Empty(Texts.Differences(left, left));
        },
        cases: Few);
}
