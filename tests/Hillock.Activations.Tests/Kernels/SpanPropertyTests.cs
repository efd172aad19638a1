using System.Numerics;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Kernels;

/// <summary>
/// Whatever the length and the place in memory: each element is what it is alone, nothing beside the spans is touched, in place equals out of place, and NaN stays where it is.
/// </summary>
public class SpanPropertyTests
{
    private const int Guard = 24;
    private const int Longest = 130;

    public static TheoryData<string> Names => Functions.ElementwiseNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Floats_are_computed_one_by_one(string name) => Check<float>(
        name,
        (d, x, y, p) => d.Forward(x, y, x.Length, Arguments<float>(p)),
        (d, x, g, y, p) => d.Backward(x, g, y, x.Length, Arguments<float>(p)),
        (d, x, g, y, i, p) => d.ParameterGradient(x, g, y, x.Length, i, Arguments<float>(p)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Doubles_are_computed_one_by_one(string name) => Check<double>(
        name,
        (d, x, y, p) => d.Forward(x, y, x.Length, Arguments<double>(p)),
        (d, x, g, y, p) => d.Backward(x, g, y, x.Length, Arguments<double>(p)),
        (d, x, g, y, i, p) => d.ParameterGradient(x, g, y, x.Length, i, Arguments<double>(p)));

    private delegate void Forward<T>(ActivationDefinition definition, Span<T> x, Span<T> y, T[] parameters);

    private delegate void Backward<T>(ActivationDefinition definition, Span<T> x, Span<T> gradient, Span<T> result, T[] parameters);

    private delegate void ByParameter<T>(ActivationDefinition definition, Span<T> x, Span<T> gradient, Span<T> result, int index, T[] parameters);

    private static ActivationArguments<T> Arguments<T>(T[] values)
        where T : struct => ActivationArguments.Constants<T>(values);

    private static void Check<T>(string name, Forward<T> forward, Backward<T> backward, ByParameter<T> byParameter)
        where T : struct, IFloatingPointIeee754<T>
    {
        ActivationDefinition definition = Functions.Named(name);
        T[] parameters = Functions.Defaults<T>(definition);
        int passes = 2 + parameters.Length;
        T[] points = Points<T>();
        T[][] alone = [.. Enumerable.Range(0, passes).Select(pass => Alone(pass))];
        System.Random random = new(name.Length + (passes * 131));
        foreach (int length in Enumerable.Range(0, 35).Concat([47, 48, 63, 64, 65, 95, 96, 97, 127, 128, 129, Longest]))
        {
            for (int pass = 0; pass < passes; pass++)
            {
                int start = Guard + random.Next(17);
                int from = random.Next(points.Length - length);
                T[] x = Framed(points.AsSpan(from, length), start);
                T[] g = Framed<T>(Enumerable.Range(from, length).Select(Factor).ToArray(), start);
                T[] result = Framed<T>(new T[length], start);
                Run(pass, x.AsSpan(start, length), g.AsSpan(start, length), result.AsSpan(start, length));
                ShouldBe(result, alone[pass].AsSpan(from, length), start, $"{name}, pass {pass}, {length} from {start}");
                ShouldBe(x, points.AsSpan(from, length), start, $"{name}: the inputs of pass {pass}");

                Run(pass, x.AsSpan(start, length), g.AsSpan(start, length), x.AsSpan(start, length));
                ShouldBe(x, alone[pass].AsSpan(from, length), start, $"{name}, pass {pass} in place, {length} from {start}");
            }
        }

        void Run(int pass, Span<T> x, Span<T> gradient, Span<T> result)
        {
            switch (pass)
            {
                case 0:
                    forward(definition, x, result, parameters);
                    break;
                case 1:
                    backward(definition, x, gradient, result, parameters);
                    break;
                default:
                    byParameter(definition, x, gradient, result, pass - 2, parameters);
                    break;
            }
        }

        T[] Alone(int pass)
        {
            T[] results = new T[points.Length];
            for (int i = 0; i < points.Length; i++)
            {
                Run(pass, [points[i]], new[] { Factor(i) }, results.AsSpan(i, 1));
                if (T.IsNaN(points[i]) && pass < 2)
                {
                    T.IsNaN(results[i]).ShouldBeTrue($"{name}, pass {pass} at NaN");
                }
            }

            return results;
        }

        static T Factor(int index) => T.CreateTruncating(1 - (0.03 * (index % 50)));
    }

    // NaN every seventh, so that it stands in every lane of every width and in every tail.
    private static T[] Points<T>()
        where T : struct, IFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, 400).Select(i => i % 7 == 3 ? T.NaN : i % 41 == 5 ? T.NegativeInfinity : i % 43 == 6 ? T.PositiveInfinity : i % 37 == 4 ? T.NegativeZero
            : T.CreateTruncating((((i * 7919) % 1009) - 504) * (i % 5 == 0 ? 0.23 : 0.017)))];

    /// <summary>A copy with guards on both sides.</summary>
    private static T[] Framed<T>(ReadOnlySpan<T> values, int start)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] memory = new T[start + values.Length + Guard + 16];
        Array.Fill(memory, T.CreateTruncating(-77.25));
        values.CopyTo(memory.AsSpan(start));
        return memory;
    }

    private static void ShouldBe<T>(T[] memory, ReadOnlySpan<T> expected, int start, string what)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < memory.Length; i++)
        {
            T wanted = i >= start && i < start + expected.Length ? expected[i - start] : T.CreateTruncating(-77.25);
            if (!memory[i].Equals(wanted) || T.IsNegative(memory[i]) != T.IsNegative(wanted) & !T.IsNaN(wanted))
            {
                memory[i].ShouldBe(wanted, $"{what}: element {i - start}");
            }
        }
    }
}
