namespace PeerWeb.Doctor;

/// <summary>All examinations, those that others stand on first.</summary>
internal sealed class Checkup(IEnumerable<IExamination> examinations)
{
    /// <param name="offline">Nothing is asked over the network.</param>
    /// <param name="tell">What is looked at now.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(bool offline, Action<string> tell, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var examination in examinations.OrderBy(examination => !examination.IsFoundation).Where(examination => !offline || !examination.NeedsNetwork))
        {
            if (!examination.IsFoundation && findings.Any(finding => finding.Level == FindingLevel.Error && IsFoundation(finding)))
            {
                findings.Add(Finding.Warning(examination.Subject, "Not looked at.", "Mend the errors above first."));
                continue;
            }
            tell(examination.Subject);
            findings.AddRange(await LookAsync(examination, cancellationToken));
        }
        return findings;
    }

    private bool IsFoundation(Finding finding) => examinations.Any(examination => examination.IsFoundation && examination.Subject == finding.Subject);

    private static async Task<IReadOnlyList<Finding>> LookAsync(IExamination examination, CancellationToken cancellationToken)
    {
        try
        {
            return await examination.LookAsync(cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            return [Finding.Error(examination.Subject, $"This could not be looked at: {failed.Message}", "The message says why; the log of the server may say more.")];
        }
    }
}
