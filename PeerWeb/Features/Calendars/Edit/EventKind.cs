using System.Text.Json.Serialization;
using PeerWeb.Core.Calendars;
using PeerWeb.Shared.Entries;

namespace PeerWeb.Features.Calendars.Edit;

/// <summary>Events, as the dialogs of all apps know them.</summary>
public static class EventKind
{
    public static readonly EntryNouns Nouns = new("event", "events", "calendar", "calendars");

    public static readonly EntryKind<EventForm> Instance = new(CalendarApp.AppId, Nouns, EventDraftJson.Default.EntryDraftEventForm);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EntryDraft<EventForm>))]
[JsonSerializable(typeof(RuleForm))]
internal sealed partial class EventDraftJson : JsonSerializerContext;
