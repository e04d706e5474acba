using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The settings of the section <c>Scheduler</c>, as docs/operations.md describes them.</summary>
internal sealed class SchedulerOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Scheduler";

    /// <summary>Folder of the embedded database, and of the silo's port in a cluster.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>The name of the cluster. Processes on one database with the same name form one cluster.</summary>
    public string ClusterId { get; set; } = "scheduler";

    /// <summary>Whether to load the demonstration season.</summary>
    public bool Demo { get; set; }

    /// <summary>Port for other processes of the cluster; 0 for a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>Settings for a set-up without a person.</summary>
    public BootstrapOptions Bootstrap { get; set; } = new();

    /// <summary>The clock of the rules.</summary>
    public ClockOptions Clock { get; set; } = new();

    /// <summary>The network between processes on one PostgreSQL.</summary>
    public ClusterOptions Cluster { get; set; } = new();

    /// <summary>The processes that solve plans.</summary>
    public SolverOptions Solver { get; set; } = new();

    /// <summary>Providers of OpenID Connect at which people may sign in, by their ids.</summary>
    public Dictionary<string, ProviderOptions> OpenIdConnect { get; set; } = [];

    /// <summary>A provider of OpenID Connect.</summary>
    internal sealed class ProviderOptions
    {
        /// <summary>What the button is called.</summary>
        public string Name { get; set; } = "";

        /// <summary>The address of the provider, where its discovery document is.</summary>
        public string Authority { get; set; } = "";

        /// <summary>The id of this server at the provider.</summary>
        public string ClientId { get; set; } = "";

        /// <summary>The secret of this server at the provider.</summary>
        public string ClientSecret { get; set; } = "";

        /// <summary>Ids of the institutions whose people may come in, separated by commas; null for everybody.</summary>
        public string? Institutions { get; set; }

        /// <summary>Domains of the e-mail addresses that may come in, separated by commas; null for every domain.</summary>
        public string? Domains { get; set; }

        /// <summary>The field of the ID token by which the provider says that it has verified the e-mail address.</summary>
        public string VerifiedField { get; set; } = "email_verified";
    }

    /// <summary>The processes that solve plans.</summary>
    internal sealed class SolverOptions
    {
        /// <summary>Memory that one solver may take, in megabytes.</summary>
        public int MemoryMegabytes { get; set; } = SolverProgram.DefaultMegabytes;
    }

    /// <summary>Settings for a set-up without a person.</summary>
    internal sealed class BootstrapOptions
    {
        /// <summary>The first operator's API key.</summary>
        public string? OperatorKey { get; set; }
    }

    /// <summary>The clock of the rules.</summary>
    internal sealed class ClockOptions
    {
        /// <summary>The instant at which the clock starts; null for the machine's clock.</summary>
        public string? Now { get; set; }
    }

    /// <summary>The network between processes on one PostgreSQL.</summary>
    internal sealed class ClusterOptions
    {
        /// <summary>IP address at which other processes reach this process.</summary>
        public string? AdvertisedAddress { get; set; }

        /// <summary>PEM file with this process's certificate.</summary>
        public string? Certificate { get; set; }

        /// <summary>PEM file with the certificate's private key.</summary>
        public string? Key { get; set; }

        /// <summary>PEM file with the certificates of the authority that issues the members' certificates.</summary>
        public string? Authority { get; set; }

        /// <summary>Whether processes may connect without TLS.</summary>
        public bool AllowPlaintext { get; set; }
    }
}
