namespace PeerWeb.Doctor;

internal static class DoctorSetup
{
    /// <summary>In the order in which they are shown.</summary>
    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.AddSingleton<Checkup>();
        services.AddSingleton<IExamination, DataDirectoryExamination>();
        services.AddSingleton<IExamination, DatabaseExamination>();
        services.AddSingleton<IExamination, KeyExamination>();
        services.AddSingleton<IExamination, InstanceExamination>();
        services.AddSingleton<IExamination, OutboxExamination>();
        services.AddSingleton<IExamination, AddressExamination>();
        services.AddSingleton<IExamination, PeerExamination>();
        return services;
    }
}
