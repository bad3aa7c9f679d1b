using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace PeerWeb.Shell;

/// <summary>A setting's text as the kind of value it must be.</summary>
internal static class SettingValue
{
    public static IReadOnlyList<PropertyInfo> Properties { get; } = [.. typeof(PeerWebOptions).GetProperties().Where(property => property.CanWrite)];

    /// <returns>Null where the value was taken.</returns>
    public static string? Set(PeerWebOptions options, PropertyInfo property, string value)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            property.SetValue(options, type == typeof(string) ? value : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value));
            return null;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return $"\"{Secrets.Masked(property.Name, value)}\" is not {What(type)}.";
        }
    }

    private static string What(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(Uri) ? "a URL"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : $"a {type.Name}";

    /// <summary>Names every setting whose text is no value, where the binder would name the first one by its exception.</summary>
    /// <exception cref="OptionsValidationException">There is one.</exception>
    public static void Check(IConfiguration section)
    {
        var errors = Properties.Select(property => section[property.Name] is { } value && Set(new PeerWebOptions(), property, value) is { } error ? $"{PeerWebOptions.Section}:{property.Name} {error}" : null)
            .OfType<string>().ToList();
        if (errors.Count > 0)
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(PeerWebOptions), errors);
    }
}
