using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PeerWeb.Shell;

namespace PeerWeb.Identity;

/// <summary>Users and private keys: a database of its own, out of reach of whoever is given the entries'.</summary>
public abstract class IdentityStore(DbContextOptions options) : IdentityDbContext<LocalUser, IdentityRole<Guid>, Guid>(options)
{
    internal DbSet<SigningKeyRow> SigningKeys => Set<SigningKeyRow>();

    /// <summary>Makes what migrations stand on, and keeps what is there before a newer version changes it.</summary>
    /// <param name="last">The last migration that was applied; null where there was none.</param>
    internal abstract Task PrepareAsync(string? last, DataDirectory data, CancellationToken cancellationToken);

    /// <summary>Closes the connections that are kept for the next caller.</summary>
    internal virtual void LetGo()
    {
    }

    /// <summary>From here to the end of the transaction nobody else adds a user.</summary>
    internal abstract Task LockUsersAsync(CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<LocalUser>(user =>
        {
            user.ToTable("Users");
            user.Property(u => u.UserName).HasMaxLength(64).IsRequired();
            user.Property(u => u.NormalizedUserName).HasMaxLength(64).IsRequired();
            user.Property(u => u.DisplayName).HasMaxLength(100);
        });
        builder.Entity<IdentityRole<Guid>>(role =>
        {
            role.ToTable("Roles");
            role.HasData(PeerWeb.Identity.Roles.Seed);
        });
        builder.Entity<IdentityUserRole<Guid>>().ToTable("UserRoles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("UserClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("UserLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("UserTokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("RoleClaims");
        builder.Entity<SigningKeyRow>(key =>
        {
            key.ToTable("SigningKeys");
            key.HasKey(k => k.KeyId);
            key.Property(k => k.KeyId).HasMaxLength(43);
            key.Property(k => k.State).HasConversion<string>().HasMaxLength(8);
            key.HasIndex(k => k.State).IsUnique().HasFilter("\"State\" = 'Active'");
        });
    }
}
