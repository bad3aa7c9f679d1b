using PeerWeb.Core.Formats;
using PeerWeb.Core.Formats.VCard;
using PeerWeb.Core.Primitives;

namespace PeerWeb.Core.AddressBooks.Editing;

/// <summary>Writes what differs between two readings of the fields into a card, and leaves everything else alone.</summary>
internal static class FieldWriter
{
    public static void Write(ContactDocument document, ContactFields before, ContactFields after)
    {
        if (before.FormattedName != after.FormattedName || document.Find("FN") is null)
            document.Set(Renewed(document.Find("FN"), "FN", TextValue.Escape(DisplayText.OneLine(after.FormattedName))));
        WriteName(document, before.Name, after.Name);
        if (before.Nickname != after.Nickname)
            WriteValue(document, "NICKNAME", string.Join(',', Listed(after.Nickname, ',').Select(TextValue.Escape)));
        WriteOrganization(document, before, after);
        WriteText(document, "TITLE", before.Title, after.Title);
        WriteText(document, "ROLE", before.Role, after.Role);
        WriteValues(document, "TEL", before.Phones, after.Phones, ContactValues.Write);
        WriteValues(document, "EMAIL", before.Mails, after.Mails, ContactValues.Write);
        WriteValues(document, "ADR", before.Addresses, after.Addresses, ContactValues.Write);
        WriteValues(document, "URL", before.Urls, after.Urls, ContactValues.Write);
        WriteValues(document, "IMPP", before.InstantMessaging, after.InstantMessaging, ContactValues.Write);
        WriteDate(document, "BDAY", before.Birthday, after.Birthday);
        WriteDate(document, "ANNIVERSARY", before.Anniversary, after.Anniversary);
        WriteText(document, "NOTE", before.Notes, after.Notes);
        if (before.Categories != after.Categories)
            WriteCategories(document, after.Categories);
        if (before.Kind != after.Kind)
            document.Set(CardLine.Parse("KIND:" + ContactKinds.Write(after.Kind), 0));
        WriteMembers(document, before.Members, after.Members);
        if (before.Photo != after.Photo)
            WriteValue(document, "PHOTO", after.Photo?.Uri ?? string.Empty, keepsParameters: false);
        if (before.IsPrivate != after.IsPrivate)
            WritePrivate(document, after.IsPrivate);
    }

    public static void WriteCategories(ContactDocument document, IEnumerable<string> categories)
    {
        var value = string.Join(',', categories.Select(category => TextValue.Escape(DisplayText.OneLine(category))));
        var lines = document.All("CATEGORIES");
        foreach (var line in lines.Skip(value.Length > 0 ? 1 : 0))
            document.Remove(line);
        if (value.Length > 0)
            document.Set(Renewed(lines.FirstOrDefault(), "CATEGORIES", value));
    }

    private static void WriteName(ContactDocument document, StructuredName before, StructuredName after)
    {
        if (before == after)
            return;
        if (after == StructuredName.Empty)
        {
            document.RemoveFirst("N");
            return;
        }
        var old = document.Find("N");
        var value = ContactValues.WriteParts(old?.Line.Value ?? string.Empty, old is null ? null : Parts(before), Parts(after));
        // How it sorts was said of the old name.
        var property = new CardProperty(old?.Group, "N", value);
        property.Parameters.AddRange(old?.Line.Parameters.Where(parameter => parameter.Name != "SORT-AS") ?? []);
        document.Set(property.ToLine(0));
    }

    private static string[] Parts(StructuredName name) => [name.Family, name.Given, name.Additional, name.Prefix, name.Suffix];

    private static void WriteOrganization(ContactDocument document, ContactFields before, ContactFields after)
    {
        if (before.Organization == after.Organization && before.Unit == after.Unit)
            return;
        var parts = Listed(after.Unit, ';').Prepend(after.Organization.Trim()).ToList();
        WriteValue(document, "ORG", parts.TrueForAll(part => part.Length == 0) ? string.Empty : StructuredValue.Write(parts));
    }

    private static void WriteText(ContactDocument document, string name, string before, string after)
    {
        if (before != after)
            WriteValue(document, name, TextValue.Escape(name == "NOTE" ? DisplayText.Lines(after) : DisplayText.OneLine(after)));
    }

    private static void WriteDate(ContactDocument document, string name, CardDate? before, CardDate? after)
    {
        if (before == after)
            return;
        if (after is { } date)
            document.Set(CardLine.Parse($"{name}:{date}", 0));
        else
            document.RemoveFirst(name);
    }

    private static void WriteMembers(ContactDocument document, ValueList<string> before, ValueList<string> after)
    {
        foreach (var gone in document.All("MEMBER").Where(line => before.Contains(line.Text) && !after.Contains(line.Text)))
            document.Remove(gone);
        foreach (var member in after.Except(before))
            document.Add(CardLine.Parse("MEMBER:" + TextValue.Escape(member), 0));
    }

    private static void WritePrivate(ContactDocument document, bool isPrivate)
    {
        document.RemoveAll("CLASS");
        if (isPrivate)
            document.Add(CardLine.Parse("CLASS:PRIVATE", 0));
    }

    /// <summary>An unchanged value keeps its property, a changed one its group and the parameters that nobody edits; the others go and come.</summary>
    private static void WriteValues<T>(ContactDocument document, string name, ValueList<T> before, ValueList<T> after, Action<CardProperty, T?, T> write)
        where T : TypedValue, IEquatable<T>
    {
        if (before == after)
            return;
        var known = before.Zip(document.All(name)).Select(pair => (Value: pair.First, Line: pair.Second)).ToList();
        var written = new CardLine?[after.Count];
        for (var i = 0; i < after.Count; i++)
        {
            var at = known.FindIndex(item => item.Value.Equals(after[i]));
            if (at < 0)
                continue;
            written[i] = known[at].Line;
            known.RemoveAt(at);
        }
        for (var i = 0; i < after.Count; i++)
        {
            if (written[i] is not null)
                continue;
            if (known is [var old, ..])
            {
                written[i] = WriteChanged(document, old.Line, old.Value, after[i], write);
                known.RemoveAt(0);
            }
            else
            {
                written[i] = WriteNew(document, name, after[i], write);
            }
        }
        foreach (var gone in known)
            document.Remove(gone.Line);
        document.Order([.. written.OfType<CardLine>()]);
    }

    private static CardLine WriteChanged<T>(ContactDocument document, CardLine line, T before, T after, Action<CardProperty, T?, T> write)
        where T : TypedValue
    {
        var property = CardProperty.Of(line);
        write(property, before, after);
        var changed = property.ToLine(0);
        document.Replace(line, changed);
        return before.Label == after.Label ? changed : document.SetLabel(changed, after.Label);
    }

    private static CardLine WriteNew<T>(ContactDocument document, string name, T value, Action<CardProperty, T?, T> write)
        where T : TypedValue
    {
        var property = new CardProperty(null, name, string.Empty);
        write(property, null, value);
        var line = property.ToLine(0);
        document.Add(line);
        return value.Label is { } label ? document.SetLabel(line, label) : line;
    }

    private static void WriteValue(ContactDocument document, string name, string value, bool keepsParameters = true)
    {
        if (value.Length == 0)
            document.RemoveFirst(name);
        else
            document.Set(Renewed(keepsParameters ? document.Find(name) : null, name, value));
    }

    /// <summary>LANGUAGE and the like stay; what was said of the old words goes.</summary>
    private static CardLine Renewed(CardLine? old, string name, string value)
    {
        var property = new CardProperty(old?.Group, name, value);
        property.Parameters.AddRange(old?.Line.Parameters.Where(parameter => parameter.Name is not ("SORT-AS" or "VALUE" or "ENCODING")) ?? []);
        return property.ToLine(0);
    }

    private static string[] Listed(string text, char separator) =>
        text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
