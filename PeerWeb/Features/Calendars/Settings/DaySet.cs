using System.Numerics;
using System.Text.Json.Serialization;
using NodaTime;

namespace PeerWeb.Features.Calendars.Settings;

/// <summary>A set of days of the week.</summary>
[JsonConverter(typeof(DaySetJson))]
public readonly record struct DaySet
{
    private const byte Every = 0b1111111;

    public static readonly DaySet None;
    public static readonly DaySet All = new(Every);
    public static readonly DaySet Weekend = Of(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday);
    public static readonly DaySet MondayToFriday = Weekend.Others;

    /// <summary>Bit 0 is Monday.</summary>
    private readonly byte _days;

    private DaySet(int days) => _days = (byte)days;

    public int Count => BitOperations.PopCount(_days);

    /// <summary>The days that are not in it.</summary>
    public DaySet Others => new(~_days & Every);

    public static DaySet Of(params ReadOnlySpan<IsoDayOfWeek> days)
    {
        var set = None;
        foreach (var day in days)
            set = set.With(day, true);
        return set;
    }

    public bool Contains(IsoDayOfWeek day) => (_days & Bit(day)) != 0;

    public DaySet With(IsoDayOfWeek day, bool isIn) => new(isIn ? _days | Bit(day) : _days & ~Bit(day));

    public IEnumerable<IsoDayOfWeek> Days() => Enum.GetValues<IsoDayOfWeek>().Where(Contains);

    /// <summary>"Monday, Tuesday".</summary>
    public override string ToString() => string.Join(", ", Days());

    private static int Bit(IsoDayOfWeek day) => day is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Sunday ? 1 << ((int)day - 1) : 0;
}
