using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Duplicates;

/// <summary>One field of contacts that become one.</summary>
/// <param name="Label">Such as "Name" or "Phones".</param>
/// <param name="Texts">What each contact says, in their order; empty where it says nothing.</param>
/// <param name="Chosen">Whose value is taken; null where all values are, each once.</param>
public sealed record CombinedField(string Label, ValueList<string> Texts, int? Chosen)
{
    /// <summary>Whether there is anything to choose.</summary>
    public bool Differs => Texts.Where(text => text.Length > 0).Distinct().Skip(1).Any();
}

/// <summary>Several contacts that become one, field by field: what each says, which is taken, and what comes out.</summary>
/// <remarks>Of fields with one value the proposal is the first contact's that has it, of names the longest; of those with several it is all of them.</remarks>
public sealed record ContactCombination
{
    private static readonly Field[] All =
    [
        new("Name", fields => fields.FormattedName, (into, from) => into with { FormattedName = from.FormattedName }, PrefersLongest: true),
        new("Parts of the name", fields => fields.Name.Formatted, (into, from) => into with { Name = from.Name }, PrefersLongest: true),
        new("Nickname", fields => fields.Nickname, (into, from) => into with { Nickname = from.Nickname }),
        new("Organisation", fields => Joined(", ", fields.Organization, fields.Unit), (into, from) => into with { Organization = from.Organization, Unit = from.Unit }),
        new("Job title", fields => fields.Title, (into, from) => into with { Title = from.Title }),
        new("Role", fields => fields.Role, (into, from) => into with { Role = from.Role }),
        new("Birthday", fields => fields.Birthday?.ToString() ?? string.Empty, (into, from) => into with { Birthday = from.Birthday }),
        new("Anniversary", fields => fields.Anniversary?.ToString() ?? string.Empty, (into, from) => into with { Anniversary = from.Anniversary }),
        new("Photo", fields => fields.Photo?.Uri ?? string.Empty, (into, from) => into with { Photo = from.Photo }),
        new("Kind", fields => fields.Kind.ToString(), (into, from) => into with { Kind = from.Kind }),
    ];

    private static readonly United[] Lists =
    [
        new("Phones", fields => Said(fields.Phones), (fields, all) => fields with { Phones = Values(all, from => from.Phones, ContactKeys.OfPhone) }),
        new("Mails", fields => Said(fields.Mails), (fields, all) => fields with { Mails = Values(all, from => from.Mails, ContactKeys.OfMail) }),
        new("Addresses", fields => string.Join("\n", fields.Addresses.Select(address => address.OneLine)), (fields, all) => fields with { Addresses = Once(all.SelectMany(from => from.Addresses), address => Folding.Fold(address.OneLine)) }),
        new("Links", fields => Said(fields.Urls), (fields, all) => fields with { Urls = Values(all, from => from.Urls, _ => null) }),
        new("Messaging", fields => Said(fields.InstantMessaging), (fields, all) => fields with { InstantMessaging = Values(all, from => from.InstantMessaging, _ => null) }),
        new("Notes", fields => fields.Notes, (fields, all) => fields with { Notes = string.Join("\n\n", all.Select(from => from.Notes).Where(notes => notes.Length > 0).Distinct()) }),
        new("Categories", fields => string.Join(", ", fields.Categories), (fields, all) => fields with { Categories = Once(all.SelectMany(from => from.Categories), Folding.Fold) }),
        new("Members", fields => string.Join("\n", fields.Members), (fields, all) => fields with { Members = Once(all.SelectMany(from => from.Members), member => member) }),
    ];

    private readonly ValueList<int> _choices;

    private ContactCombination(ValueList<ContactFields> contacts, ValueList<int> choices) => (Contacts, _choices) = (contacts, choices);

    public ValueList<ContactFields> Contacts { get; }

    /// <summary>Fields that any of them has: first those to choose, then those that are united.</summary>
    public IReadOnlyList<CombinedField> Fields =>
    [
        .. All.Select((single, i) => new CombinedField(single.Label, [.. Contacts.Select(single.Say)], _choices[i])).Where(IsThere),
        .. Lists.Select(list => new CombinedField(list.Label, [.. Contacts.Select(list.Say)], Chosen: null)).Where(IsThere),
    ];

    /// <summary>What comes out. It is private where any of them is.</summary>
    public ContactFields Result
    {
        get
        {
            var result = ContactFields.Empty with { IsPrivate = Contacts.Any(contact => contact.IsPrivate) };
            for (var i = 0; i < All.Length; i++)
                result = All[i].Take(result, Contacts[_choices[i]]);
            return Lists.Aggregate(result, (fields, list) => list.Unite(fields, Contacts));
        }
    }

    /// <param name="contacts">Two at least; the first is the one that stays.</param>
    public static ContactCombination Propose(params IReadOnlyList<ContactFields> contacts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contacts.Count, 2);
        return new ContactCombination([.. contacts], [.. All.Select(field => Proposed(field, contacts))]);
    }

    /// <param name="label">Of a field with one value.</param>
    /// <param name="contact">Index of the contact whose value is to be taken.</param>
    public ContactCombination Choose(string label, int contact)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(contact, Contacts.Count);
        var at = Array.FindIndex(All, field => field.Label == label);
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        return new ContactCombination(Contacts, [.. _choices.Select((choice, i) => i == at ? contact : choice)]);
    }

    private static bool IsThere(CombinedField field) => field.Texts.Any(text => text.Length > 0);

    private static int Proposed(Field field, IReadOnlyList<ContactFields> contacts)
    {
        var having = Enumerable.Range(0, contacts.Count).Where(i => field.Say(contacts[i]).Length > 0).ToList();
        return having.Count == 0 ? 0 : field.PrefersLongest ? having.MaxBy(i => field.Say(contacts[i]).Length) : having[0];
    }

    private static string Joined(string separator, params IEnumerable<string> texts) => string.Join(separator, texts.Where(text => text.Length > 0));

    private static string Said(IEnumerable<ContactValue> values) => string.Join("\n", values.Select(value => value.Value));

    private static ValueList<ContactValue> Values(ValueList<ContactFields> contacts, Func<ContactFields, ValueList<ContactValue>> read, Func<string, string?> key)
    {
        var values = Once(contacts.SelectMany(read), value => key(value.Value) ?? Folding.Fold(value.Value));
        // Only one can be preferred to all others.
        var preferred = values.FirstOrDefault(value => value.IsPreferred);
        return [.. values.Select(value => value with { IsPreferred = ReferenceEquals(value, preferred) })];
    }

    private static ValueList<T> Once<T>(IEnumerable<T> values, Func<T, string> key)
        where T : IEquatable<T> => [.. values.DistinctBy(key)];

    private sealed record Field(string Label, Func<ContactFields, string> Say, Func<ContactFields, ContactFields, ContactFields> Take, bool PrefersLongest = false);

    private sealed record United(string Label, Func<ContactFields, string> Say, Func<ContactFields, ValueList<ContactFields>, ContactFields> Unite);
}
