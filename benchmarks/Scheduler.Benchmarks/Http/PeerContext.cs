using Microsoft.EntityFrameworkCore;

namespace Scheduler.Benchmarks;

/// <summary>The ledger's own tables as EF Core's entities.</summary>
internal sealed class PeerContext(DbContextOptions<PeerContext> options) : DbContext(options)
{
    public DbSet<PeerSlot> Slots => Set<PeerSlot>();

    public DbSet<PeerInstitution> Institutions => Set<PeerInstitution>();

    public DbSet<PeerPack> Packs => Set<PeerPack>();

    public DbSet<PeerBooking> Bookings => Set<PeerBooking>();

    public DbSet<PeerChange> Changes => Set<PeerChange>();

    public DbSet<PeerTrail> Trail => Set<PeerTrail>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PeerSlot>().ToTable("slots").HasKey(slot => new { slot.Pool, slot.Minutes });
        modelBuilder.Entity<PeerInstitution>().ToTable("institutions").HasKey(one => one.Id);
        modelBuilder.Entity<PeerPack>().ToTable("packs").HasKey(one => one.Id);
        modelBuilder.Entity<PeerBooking>().ToTable("bookings").HasKey(one => one.Id);
        modelBuilder.Entity<PeerChange>().ToTable("changes").HasKey(one => one.Sequence);
        modelBuilder.Entity<PeerChange>().Property(one => one.Sequence).ValueGeneratedNever();
        modelBuilder.Entity<PeerTrail>().ToTable("trail").HasKey(one => new { one.Institution, one.Entry });
        var isSqlite = Database.IsSqlite();
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(string.Concat(property.Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")));
        }

        // SQLite has one committer, whose order is all the order there is.
        if (isSqlite)
        {
            modelBuilder.Entity<PeerChange>().Ignore(one => one.Position).Ignore(one => one.Batch);
            modelBuilder.Entity<PeerTrail>().Ignore(one => one.Position);
        }
    }
}

internal sealed class PeerSlot
{
    public string Pool { get; set; } = "";
    public int Minutes { get; set; }
    public int Capacity { get; set; }
    public int Booked { get; set; }
    public int Held { get; set; }
    public int Shortfall { get; set; }
    public int Version { get; set; }
}

internal sealed class PeerInstitution
{
    public string Id { get; set; } = "";
    public long Version { get; set; }
    public int Online { get; set; }
    public long Entries { get; set; }
}

internal sealed class PeerPack
{
    public string Id { get; set; } = "";
    public string Institution { get; set; } = "";
    public string Programme { get; set; } = "";
    public int Quantity { get; set; }
    public string PurchasedOn { get; set; } = "";
    public int Taken { get; set; }
}

internal sealed class PeerBooking
{
    public string Id { get; set; } = "";
    public string Institution { get; set; } = "";
    public string Exam { get; set; } = "";
    public string Pool { get; set; } = "";
    public int StartMinutes { get; set; }
    public int Slots { get; set; }
    public int Seats { get; set; }
    public string Profile { get; set; } = "";
    public string Mode { get; set; } = "";
    public string Accommodations { get; set; } = "";
    public string? Reference { get; set; }
    public string Vouchers { get; set; } = "";
    public string? OverrideReason { get; set; }
    public string Status { get; set; } = "";
    public int Version { get; set; }
    public int Overseen { get; set; }
    public int? Attended { get; set; }
    public string Forfeited { get; set; } = "";
}

internal sealed class PeerChange
{
    public int Committer { get; set; }
    public long Sequence { get; set; }
    public long Position { get; set; }
    public long Batch { get; set; }
    public long At { get; set; }
    public string Who { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Subject { get; set; } = "";
    public string? Institution { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? Why { get; set; }
    public string? Caller { get; set; }
    public string? Key { get; set; }
    public string? Hash { get; set; }
    public int Status { get; set; }
    public int Notice { get; set; }
    public string Touched { get; set; } = "";
}

internal sealed class PeerTrail
{
    public string Institution { get; set; } = "";
    public long Entry { get; set; }
    public long At { get; set; }
    public int Committer { get; set; }
    public long Sequence { get; set; }
    public long Position { get; set; }
    public int Flags { get; set; }
    public string? Booking { get; set; }
    public int? Ends { get; set; }
}
