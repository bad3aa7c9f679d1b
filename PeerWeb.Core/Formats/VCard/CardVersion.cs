namespace PeerWeb.Core.Formats.VCard;

/// <summary>Which of the three vCards; entries are stored in the last.</summary>
public enum CardVersion
{
    /// <summary>vCard 2.1, read only; IMC 1996.</summary>
    V21,

    /// <summary>RFC 2426.</summary>
    V30,

    /// <summary>RFC 6350.</summary>
    V40,
}
