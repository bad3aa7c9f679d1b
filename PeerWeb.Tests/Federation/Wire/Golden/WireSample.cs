using System.Text;
using System.Text.Json;
using PeerWeb.Core.Federation.Wire;

namespace PeerWeb.Tests.Federation.Wire.Golden;

/// <summary>A message with fixed values, and the file that it is.</summary>
/// <param name="Value">As the wire has it.</param>
/// <param name="IsRequest">It is read strictly.</param>
/// <param name="IsAnswer">What it has beyond what we know is passed over.</param>
internal sealed record WireSample(string Name, object Value, bool IsRequest, bool IsAnswer)
{
    /// <summary>From the bytes to the domain and back to what is sent; null where the domain has no type of it.</summary>
    public Func<string, string>? ThroughDomain { get; init; }

    public string File => $"{Name}.json";

    public static WireSample Request(string name, object value, Func<string, string>? throughDomain = null) =>
        new(name, value, IsRequest: true, IsAnswer: false) { ThroughDomain = throughDomain };

    public static WireSample Answer(string name, object value, Func<string, string>? throughDomain = null) =>
        new(name, value, IsRequest: false, IsAnswer: true) { ThroughDomain = throughDomain };

    public static T Parse<T>(string json, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(json, options) ?? throw new JsonException("It is null.");

    /// <summary>As an answer is sent.</summary>
    public static string Text<T>(T value)
    {
        using var written = new RentedBuffer();
        PeerJson.Write(written, value);
        return Encoding.UTF8.GetString(written.Written.Span);
    }

    public string Write() => JsonSerializer.Serialize(Value, Value.GetType(), IsRequest ? PeerJson.Requests : PeerJson.Answers);

    public object? Read(string json, JsonSerializerOptions options) => JsonSerializer.Deserialize(json, Value.GetType(), options);
}
