namespace PeerWeb.Shared.Import;

/// <summary>The forms in which a report can be kept.</summary>
public enum ReportForm
{
    Csv,
    Text,
}
