using System.Text.Json;

namespace PeerWeb.Core.Federation.Discovery;

/// <summary>How JSON between peers is read and written.</summary>
public static class PeerJson
{
    /// <summary>Requests: no unknown or duplicate members, nothing required missing, no other case, depth 32.</summary>
    public static JsonSerializerOptions Request { get; } = Frozen(new(JsonSerializerOptions.Strict));

    /// <summary>Answers: unknown members are a newer version's and are passed over; everything else is as strict.</summary>
    public static JsonSerializerOptions Answer { get; } =
        Frozen(new(JsonSerializerOptions.Strict) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip });

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.MaxDepth = 32;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
