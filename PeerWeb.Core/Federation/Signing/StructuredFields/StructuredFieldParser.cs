using System.Buffers;
using System.Globalization;

namespace PeerWeb.Core.Federation.Signing.StructuredFields;

/// <summary>Parses structured fields (RFC 8941 4.2), stricter than the RFC in one point: a key given twice is refused, not overwritten.</summary>
/// <exception cref="FormatException">Every public method: the text is not what the RFC allows.</exception>
internal sealed class StructuredFieldParser
{
    private static readonly SearchValues<char> Unescaped =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    private readonly string _text;
    private int _at;

    private StructuredFieldParser(string text) => _text = text;

    public static IReadOnlyList<KeyValuePair<string, Member>> Dictionary(string text) => Whole(text, parser => parser.ReadDictionary());

    public static IReadOnlyList<Member> List(string text) => Whole(text, parser => parser.ReadList());

    public static Item Item(string text) => Whole(text, parser => parser.ReadItem());

    private static T Whole<T>(string text, Func<StructuredFieldParser, T> read)
    {
        var parser = new StructuredFieldParser(text.Trim(' '));
        var result = read(parser);
        return parser.AtEnd ? result : throw parser.Wrong("unexpected text");
    }

    private bool AtEnd => _at == _text.Length;

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private FormatException Wrong(string what) => new($"{what} at position {_at} of a structured field");

    private char Take() => _at < _text.Length ? _text[_at++] : throw Wrong("unexpected end");

    private bool TryTake(char expected)
    {
        if (Peek != expected || AtEnd) return false;
        _at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (Peek == ' ') _at++;
    }

    private void SkipOptionalWhitespace()
    {
        while (Peek is ' ' or '\t') _at++;
    }

    private List<KeyValuePair<string, Member>> ReadDictionary()
    {
        var members = new List<KeyValuePair<string, Member>>();
        while (!AtEnd)
        {
            var key = ReadKey();
            if (members.Exists(member => member.Key == key)) throw Wrong($"key {key} given twice");
            Member value = TryTake('=') ? ReadMember() : new Item(new SfBoolean(true), ReadParameters());
            members.Add(new(key, value));
            if (!ReadSeparator()) break;
        }

        return members;
    }

    private List<Member> ReadList()
    {
        var members = new List<Member>();
        while (!AtEnd)
        {
            members.Add(ReadMember());
            if (!ReadSeparator()) break;
        }

        return members;
    }

    private bool ReadSeparator()
    {
        SkipOptionalWhitespace();
        if (AtEnd) return false;
        if (!TryTake(',')) throw Wrong("comma expected");
        SkipOptionalWhitespace();
        return AtEnd ? throw Wrong("trailing comma") : true;
    }

    private Member ReadMember() => Peek == '(' ? ReadInnerList() : ReadItem();

    private InnerList ReadInnerList()
    {
        _at++;
        var items = new List<Item>();
        while (true)
        {
            SkipSpaces();
            if (TryTake(')')) return new InnerList(items, ReadParameters());
            items.Add(ReadItem());
            if (Peek is not (' ' or ')')) throw Wrong("space or closing parenthesis expected");
        }
    }

    private Item ReadItem() => new(ReadBareItem(), ReadParameters());

    private List<Parameter> ReadParameters()
    {
        var parameters = new List<Parameter>();
        while (TryTake(';'))
        {
            SkipSpaces();
            var key = ReadKey();
            if (parameters.Exists(parameter => parameter.Key == key)) throw Wrong($"parameter {key} given twice");
            parameters.Add(new Parameter(key, TryTake('=') ? ReadBareItem() : new SfBoolean(true)));
        }

        return parameters;
    }

    private string ReadKey()
    {
        var start = _at;
        if (!char.IsAsciiLetterLower(Peek) && Peek != '*') throw Wrong("key expected");
        while (char.IsAsciiLetterLower(Peek) || char.IsAsciiDigit(Peek) || Peek is '_' or '-' or '.' or '*') _at++;
        return _text[start.._at];
    }

    private BareItem ReadBareItem() => Peek switch
    {
        '"' => ReadString(),
        ':' => ReadBytes(),
        '?' => ReadBoolean(),
        '-' or (>= '0' and <= '9') => ReadNumber(),
        '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => ReadToken(),
        _ => throw Wrong("item expected"),
    };

    private SfString ReadString()
    {
        _at++;
        var plain = _text.AsSpan(_at).IndexOfAnyExcept(Unescaped);
        if (plain >= 0 && _text[_at + plain] == '"')
        {
            var start = _at;
            _at += plain + 1;
            return new SfString(_text.Substring(start, plain));
        }

        var value = new System.Text.StringBuilder();
        while (true)
        {
            var c = Take();
            if (c == '"') return new SfString(value.ToString());
            if (c == '\\')
            {
                c = Take();
                if (c is not ('"' or '\\')) throw Wrong("bad escape");
            }
            else if (c is < ' ' or > '~')
            {
                throw Wrong("character outside of ASCII");
            }

            value.Append(c);
        }
    }

    private SfBytes ReadBytes()
    {
        _at++;
        var end = _text.IndexOf(':', _at);
        if (end < 0) throw Wrong("unended byte sequence");
        var encoded = _text[_at..end];
        if (encoded.Any(char.IsWhiteSpace)) throw Wrong("space in a byte sequence");
        var bytes = Convert.FromBase64String(encoded);
        // Two spellings of the same bytes would be two messages with one meaning.
        if (Convert.ToBase64String(bytes) != encoded) throw Wrong("byte sequence is not canonical");
        _at = end + 1;
        return new SfBytes(bytes);
    }

    private SfBoolean ReadBoolean()
    {
        _at++;
        return Take() switch
        {
            '1' => new SfBoolean(true),
            '0' => new SfBoolean(false),
            _ => throw Wrong("boolean expected"),
        };
    }

    private BareItem ReadNumber()
    {
        var start = _at;
        TryTake('-');
        var digits = CountDigits();
        if (digits == 0) throw Wrong("digit expected");
        if (!TryTake('.'))
        {
            return digits <= 15
                ? new SfInteger(long.Parse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture))
                : throw Wrong("integer too long");
        }

        var fraction = CountDigits();
        if (digits > 12 || fraction is 0 or > 3) throw Wrong("decimal out of range");
        return new SfDecimal(decimal.Parse(_text.AsSpan(start, _at - start), NumberStyles.Number, CultureInfo.InvariantCulture));
    }

    private int CountDigits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Peek)) _at++;
        return _at - start;
    }

    private SfToken ReadToken()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek) || (!AtEnd && "!#$%&'*+-.^_`|~:/".Contains(Peek, StringComparison.Ordinal))) _at++;
        return new SfToken(_text[start.._at]);
    }
}
