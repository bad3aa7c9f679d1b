namespace PeerWeb.Tests.Faults.Kills;

/// <summary>What came of killing processes while they wrote.</summary>
/// <param name="Acknowledged">Writes that were acknowledged: an answer, a line of a report, or a commit that returned.</param>
/// <param name="Lost">Of those, what is not there.</param>
/// <param name="Doubled">What is there, or had its effect, more than once.</param>
internal readonly record struct KillTally(int Kills, int Acknowledged, int Lost, int Doubled)
{
    public static KillTally operator +(KillTally left, KillTally right) => left.Add(right);

    public KillTally Add(KillTally other) =>
        new(Kills + other.Kills, Acknowledged + other.Acknowledged, Lost + other.Lost, Doubled + other.Doubled);
}
