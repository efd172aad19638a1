using System.Globalization;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Tests.Rows;

/// <summary>The functions of rows against values of arbitrary precision, in double and in float.</summary>
public class RowReferenceTests
{
    private static readonly ILookup<string, Case> Cases = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "rows.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0], cells => new Case(Numbers(cells[1]), Numbers(cells[2]), Numbers(cells[3])));

    public static TheoryData<string> Names => new(Cases.Select(group => group.Key));

    [Fact]
    public void Every_function_of_rows_has_references() =>
        Functions.OfRows.Select(d => d.Facts.Name).Order().ShouldBe(Cases.Select(c => c.Key).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_in_double_are_within_two_units(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        foreach (Case row in Cases[name])
        {
            double[] y = new double[row.Outputs.Length];
            definition.Forward(row.Inputs, y, row.Inputs.Length, ActivationArguments.Constants<double>(Functions.Defaults<double>(definition)));
            for (int i = 0; i < y.Length; i++)
            {
                // Where the maximum and the logarithm cancel, a double has not the digits: 1 in the 52nd of the logarithm.
                double logarithm = name switch
                {
                    "logsumexp" => Math.Abs(row.Inputs.Max() - row.Outputs[i]),
                    "logmeanexp" => Math.Log(row.Inputs.Length),
                    _ => 0,
                };
                double allowed = Math.Max(2 * Unit(row.Outputs[i]), Math.ScaleB(logarithm, -52));
                Math.Abs(y[i] - row.Outputs[i]).ShouldBeLessThanOrEqualTo(allowed, $"{name}({string.Join(' ', row.Inputs)})[{i}] = {y[i]:R}, exactly {row.Outputs[i]:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_in_float_are_within_two_units(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        Case[] cases = [.. Cases[name].Where(c => c.Inputs.All(x => (float)x == x))];
        cases.Length.ShouldBeGreaterThan(8);
        foreach (Case row in cases)
        {
            float[] y = new float[row.Outputs.Length];
            float[] x = [.. row.Inputs.Select(v => (float)v)];
            definition.Forward(x, y, x.Length, ActivationArguments.Constants<float>(Functions.Defaults<float>(definition)));
            for (int i = 0; i < y.Length; i++)
            {
                float nearest = (float)row.Outputs[i];
                (y[i] == nearest || y[i] == MathF.BitIncrement(nearest) || y[i] == MathF.BitDecrement(nearest)).ShouldBeTrue(
                    $"{name}({string.Join(' ', x)})[{i}] = {y[i]:R}, exactly {row.Outputs[i]:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_within_four_units_or_a_fraction_of_the_summands(string name)
    {
        ActivationDefinition definition = Functions.Named(name);
        foreach (Case row in Cases[name])
        {
            double[] weights = [.. Enumerable.Range(0, row.Outputs.Length).Select(i => (i % 2 == 0 ? 1 : -1) * (i + 1) / 4.0)];
            double largest = weights.Max(Math.Abs) * Math.Max(1, name.EndsWith("lu", StringComparison.Ordinal) || name == "bilinear" ? row.Inputs.Max(Math.Abs) : 1);
            double[] gradient = new double[row.Inputs.Length];
            definition.Backward(row.Inputs, weights, gradient, row.Inputs.Length, ActivationArguments.Constants<double>(Functions.Defaults<double>(definition)));
            float[] single = new float[row.Inputs.Length];
            float[] x = [.. row.Inputs.Select(v => (float)v)];
            definition.Backward(x, [.. weights.Select(w => (float)w)], single, x.Length, ActivationArguments.Constants<float>(Functions.Defaults<float>(definition)));
            bool floats = row.Inputs.All(v => (float)v == v);
            for (int i = 0; i < gradient.Length; i++)
            {
                double exact = row.Gradient[i];
                Math.Abs(gradient[i] - exact).ShouldBeLessThanOrEqualTo(
                    Math.Max(4 * Unit(exact), Math.ScaleB(largest, -51)), $"{name}, double, ({string.Join(' ', row.Inputs)}) by {i}");
                if (floats)
                {
                    Math.Abs(single[i] - exact).ShouldBeLessThanOrEqualTo(
                        Math.Max(4 * MathF.BitIncrement((float)Math.Abs(exact)) - (4 * Math.Abs((float)exact)), Math.ScaleB(largest, -22)),
                        $"{name}, float, ({string.Join(' ', row.Inputs)}) by {i}");
                }
            }
        }
    }

    private static double Unit(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    private sealed record Case(double[] Inputs, double[] Outputs, double[] Gradient);
}
