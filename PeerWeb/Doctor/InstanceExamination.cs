using System.Globalization;
using PeerWeb.Core.Storage;

namespace PeerWeb.Doctor;

/// <summary>Whether the instances of events are those of today's horizon and time zone database.</summary>
internal sealed class InstanceExamination(InstanceRebuild rebuild, TzdbVersion tzdb) : IExamination
{
    public string Subject => "instances";

    public bool IsFoundation => false;

    public bool NeedsNetwork => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var waiting = (await rebuild.FindAsync(cancellationToken)).Sum(work => work.Count);
        return waiting == 0
            ? [Finding.Ok(Subject, $"up to date, time zone database {tzdb.Value}")]
            : [Finding.Warning(Subject, string.Create(CultureInfo.InvariantCulture, $"{waiting} entries are to be computed anew with time zone database {tzdb.Value}; until then they take longer."), "PeerWeb does it while it runs.")];
    }
}
