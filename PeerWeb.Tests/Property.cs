using System.Globalization;
using CsCheck;
using Xunit;

namespace PeerWeb.Tests;

/// <summary>
/// Checks what holds for all values of a kind. Each run draws the same ones, so that whoever breaks something sees it fail, and nobody else;
/// <c>PEERWEB_TESTS_SEED</c> draws others.
/// </summary>
internal static class Property
{
    private const int FewCases = 100;

    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("PEERWEB_TESTS_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    public static void ForAll<T>(this Gen<T> values, Action<T> check, int cases = FewCases)
    {
        for (var number = 0; number < cases; number++)
        {
            var value = Draw(values, number);
            try
            {
                check(value);
            }
            catch (Exception exception)
            {
                throw Failed(number, value, exception);
            }
        }
    }

    public static void ForAll<T>(this Gen<T> values, Func<T, bool> holds, int cases = FewCases) => values.ForAll(value => Assert.True(holds(value)), cases);

    public static void ForAll<T1, T2>(this Gen<(T1, T2)> values, Action<T1, T2> check, int cases = FewCases) =>
        values.ForAll(value => check(value.Item1, value.Item2), cases);

    public static void ForAll<T1, T2>(this Gen<(T1, T2)> values, Func<T1, T2, bool> holds, int cases = FewCases) =>
        values.ForAll(value => holds(value.Item1, value.Item2), cases);

    public static void ForAll<T1, T2, T3>(this Gen<(T1, T2, T3)> values, Action<T1, T2, T3> check, int cases = FewCases) =>
        values.ForAll(value => check(value.Item1, value.Item2, value.Item3), cases);

    public static void ForAll<T1, T2, T3>(this Gen<(T1, T2, T3)> values, Func<T1, T2, T3, bool> holds, int cases = FewCases) =>
        values.ForAll(value => holds(value.Item1, value.Item2, value.Item3), cases);

    public static void ForAll<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> values, Func<T1, T2, T3, T4, bool> holds, int cases = FewCases) =>
        values.ForAll(value => holds(value.Item1, value.Item2, value.Item3, value.Item4), cases);

    public static void ForAll<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> values, Action<T1, T2, T3, T4> check, int cases = FewCases) =>
        values.ForAll(value => check(value.Item1, value.Item2, value.Item3, value.Item4), cases);

    public static async Task ForAllAsync<T>(this Gen<T> values, Func<T, Task> check, int cases = FewCases)
    {
        for (var number = 0; number < cases; number++)
        {
            var value = Draw(values, number);
            try
            {
                await check(value);
            }
            catch (Exception exception)
            {
                throw Failed(number, value, exception);
            }
        }
    }

    public static Task ForAllAsync<T>(this Gen<T> values, Func<T, Task<bool>> holds, int cases = FewCases) =>
        values.ForAllAsync(async value => Assert.True(await holds(value)), cases);

    private static T Draw<T>(Gen<T> values, int number) => values.Generate(new PCG((uint)number, Seed), null, out _);

    private static InvalidOperationException Failed<T>(int number, T value, Exception reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Case {number} of seed {Seed} fails: {Check.Print(value)}"), reason);
}
