namespace PeerWeb.Shell;

/// <summary>The settings of one installation, section <c>PeerWeb</c>: settings file, then environment (<c>PEERWEB__DOMAIN</c>), then command line.</summary>
public sealed class PeerWebOptions
{
    public const string Section = "PeerWeb";

    /// <summary>Where databases and keys live; relative to the content root.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>What entries and users are stored in.</summary>
    public DatabaseKind Database { get; set; }

    /// <summary>With <see cref="DatabaseKind.Postgres"/>: of Npgsql, like <c>Host=/var/run/postgresql;Database=peerweb;Username=peerweb</c>. The database must be there, in UTF-8.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>With <see cref="DatabaseKind.Postgres"/>: where the tables are; users and keys are in the one of the same name with <c>_identity</c>. Both are made at the first start.</summary>
    public string Schema { get; set; } = "peerweb";

    /// <summary>The installation's identity, the part after the <c>@</c> of its users: host and, where it is not the default, port. Defaults to the authority of <see cref="Endpoint"/>.</summary>
    public string Domain { get; set; } = "";

    /// <summary>What people call the installation, at most 100 characters.</summary>
    public string Name { get; set; } = "PeerWeb";

    /// <summary>The public base URL: scheme, host and port only.</summary>
    public Uri Endpoint { get; set; } = new("http://localhost:5100");

    /// <summary>Address and port to listen on. Defaults to the port of <see cref="Endpoint"/> on 127.0.0.1; required where the endpoint is https, because TLS ends at a proxy.</summary>
    public string? Listen { get; set; }

    /// <summary>Allows http between installations and an http endpoint that is not this machine.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Allows connections to peers on loopback and private addresses.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>What each peer may ask of this installation in a minute, and this installation of it.</summary>
    public int PeerRequestsPerMinute { get; set; } = 1200;

    /// <summary>Bodies of those requests and their answers, in MiB.</summary>
    public int PeerMegabytesPerMinute { get; set; } = 64;

    /// <summary>Address and port, like <c>127.0.0.1:9464</c>, where <c>/metrics</c> is served in Prometheus' text format, to anyone who reaches it, and nothing else; empty for nowhere.</summary>
    public string? Metrics { get; set; }

    /// <summary>The demo's well-known password works only where this is set.</summary>
    public bool Demo { get; set; }

    /// <summary>Whether browsers reach the installation over https, whatever the proxy in front speaks to us.</summary>
    public bool IsSecure => Endpoint.Scheme == Uri.UriSchemeHttps;
}

public enum DatabaseKind
{
    /// <summary>Files in the data directory.</summary>
    Sqlite,

    /// <summary>Schemas of a PostgreSQL server, 15 or later.</summary>
    Postgres,
}
