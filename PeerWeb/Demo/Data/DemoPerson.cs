namespace PeerWeb.Demo.Data;

/// <summary>One of the six people of the demo.</summary>
/// <param name="Zone">IANA id of where they work.</param>
public sealed record DemoPerson(string User, string FullName, string Company, string Zone)
{
    public static readonly DemoPerson Ada = new("ada", "Ada", "acme", "Europe/Zurich");
    public static readonly DemoPerson Bob = new("bob", "Bob", "acme", "Europe/Zurich");
    public static readonly DemoPerson Carol = new("carol", "Carol", "acme", "America/New_York");
    public static readonly DemoPerson Sam = new("sam", "Sam", "globex", "Europe/Zurich");
    public static readonly DemoPerson Grace = new("grace", "Grace", "globex", "America/New_York");
    public static readonly DemoPerson Henry = new("henry", "Henry", "globex", "Asia/Tokyo");

    public static IReadOnlyList<DemoPerson> All { get; } = [Ada, Bob, Carol, Sam, Grace, Henry];

    public static IReadOnlyList<DemoPerson> Acme { get; } = [Ada, Bob, Carol];

    public static IReadOnlyList<DemoPerson> Globex { get; } = [Sam, Grace, Henry];

    public string MailDomain => $"{Company}.example";

    public string Mail => $"{User}@{MailDomain}";

    public IReadOnlyList<DemoPerson> Colleagues => Company == "acme" ? Acme : Globex;
}
