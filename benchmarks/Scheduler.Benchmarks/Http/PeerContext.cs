using Microsoft.EntityFrameworkCore;

namespace Scheduler.Benchmarks;

/// <summary>The tables of the ledger as entities of EF Core.</summary>
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
                property.SetColumnName(ColumnName(property.Name));
        }

        // SQLite has one committer, so the order of its sequence is enough.
        if (isSqlite)
        {
            modelBuilder.Entity<PeerChange>().Ignore(one => one.Position).Ignore(one => one.Batch);
            modelBuilder.Entity<PeerTrail>().Ignore(one => one.Position);
        }
    }

    /// <summary>StartMinutes becomes start_minutes.</summary>
    private static string ColumnName(string property) =>
        string.Concat(property.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
