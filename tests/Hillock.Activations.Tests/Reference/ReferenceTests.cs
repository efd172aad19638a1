using System.Globalization;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Verification;

namespace Hillock.Activations.Tests.Reference;

/// <summary>The double kernels, which are the reference of the float kernels, against values of arbitrary precision.</summary>
public class ReferenceTests
{
    private static readonly ILookup<string, Row> Rows = File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "reference.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToLookup(cells => cells[0], cells => new Row(Number(cells[1]), Number(cells[2]), Number(cells[3])));

    public static TheoryData<string> Names => new(Rows.Select(group => group.Key));

    /// <summary>Those whose parameters are floats: the values of the others are those of the parameters as doubles.</summary>
    public static TheoryData<string> FloatNames => new(Rows.Select(group => group.Key).Where(name => Function(name).Parameters.All(p => (float)p == p)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_in_double_are_within_two_units_in_the_last_place(string name)
    {
        (ActivationDefinition definition, double[] parameters) = Function(name);
        foreach (Row row in Rows[name])
        {
            double[] y = new double[1];
            definition.Forward([row.X], y, 1, ActivationArguments.Constants<double>(parameters));
            Units(y[0], row.Value).ShouldBeLessThanOrEqualTo(2, $"{name}({row.X:R}) = {y[0]:R}, exactly {row.Value:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_in_double_are_within_four_units_or_a_fraction_of_their_largest_summand(string name)
    {
        (ActivationDefinition definition, double[] parameters) = Function(name);
        foreach (Row row in Rows[name])
        {
            double[] slope = new double[1];
            definition.Backward([row.X], [1.0], slope, 1, ActivationArguments.Constants<double>(parameters));
            bool near = Math.Abs(slope[0] - row.Slope) <= double.ScaleB(definition.Reference<DoubleDouble>(row.X, parameters).Largest.ToDouble(), -51);
            (near || Units(slope[0], row.Slope) <= 4).ShouldBeTrue(
                $"{name}'({row.X:R}) = {slope[0]:R}, exactly {row.Slope:R}: {Units(slope[0], row.Slope)} units apart");
        }
    }

    [Theory]
    [MemberData(nameof(FloatNames))]
    public void Values_in_float_are_the_nearest_or_its_neighbour_and_derivatives_within_a_fraction_of_their_largest_summand(string name)
    {
        (ActivationDefinition definition, double[] wide) = Function(name);
        float[] parameters = [.. wide.Select(p => (float)p)];
        Row[] rows = [.. Rows[name].Where(row => (float)row.X == row.X)];
        rows.Length.ShouldBeGreaterThan(5);
        foreach (Row row in rows)
        {
            float[] y = new float[1];
            definition.Forward([(float)row.X], y, 1, ActivationArguments.Constants<float>(parameters));
            NearestOrNeighbour(y[0], row.Value).ShouldBeTrue($"{name}({row.X:R}) = {y[0]:R}, exactly {row.Value:R}");
            definition.Backward([(float)row.X], [1f], y, 1, ActivationArguments.Constants<float>(parameters));
            bool near = Math.Abs(y[0] - row.Slope) <= double.ScaleB(definition.Reference<DoubleDouble>(row.X, wide).Largest.ToDouble(), -22);
            (near || NearestOrNeighbour(y[0], row.Slope)).ShouldBeTrue($"{name}'({row.X:R}) = {y[0]:R}, exactly {row.Slope:R}");
        }
    }

    /// <summary>A function by its name, with parameters where it is given as <c>pow(beta=3)</c>.</summary>
    private static (ActivationDefinition Definition, double[] Parameters) Function(string name)
    {
        if (!name.Contains('('))
        {
            ActivationDefinition definition = Functions.Named(name);
            return (definition, Functions.Defaults<double>(definition));
        }

        Activation activation = Activation.Parse(name);
        return (activation.Definition, [.. activation.Modes.Select(m => m.EvaluationValue)]);
    }

    private static bool NearestOrNeighbour(float actual, double exact)
    {
        float nearest = (float)exact;
        return actual == nearest || actual == float.BitIncrement(nearest) || actual == float.BitDecrement(nearest);
    }

    private static double Units(double actual, double exact)
    {
        double unit = Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact);
        return actual == exact ? 0 : Math.Abs(actual - exact) / unit;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Row(double X, double Value, double Slope);
}
