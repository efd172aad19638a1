using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Verification;

/// <summary>The kernels of a function in one type of number, with its parameters fixed; arguments and results are doubles that hold the numbers of that type.</summary>
internal sealed class FunctionUnderTest(ActivationDefinition definition, NumberType type, double[] parameters)
{
    /// <summary>The function.</summary>
    public ActivationDefinition Definition => definition;

    /// <summary>Whether its parameters have their defaults.</summary>
    public bool IsUsual => definition.Facts.Parameters.Zip(parameters, (p, value) => value == (type == NumberType.Binary32 ? (float)p.Default : p.Default)).All(same => same);

    /// <summary>Whose kernels.</summary>
    public NumberType Type => type;

    /// <summary>What the function is in truth.</summary>
    public ReferenceFunction Reference { get; } = new(definition, parameters);

    /// <summary>The values.</summary>
    public double[] Value(double[] x) => type == NumberType.Binary64
        ? Values<double>(x, (input, output) => definition.Forward(input, output, x.Length, ActivationArguments.Constants<double>(parameters)))
        : Values<float>(x, (input, output) => definition.Forward(input, output, x.Length, ActivationArguments.Constants<float>(Single(parameters))));

    /// <summary>The derivatives.</summary>
    public double[] Slope(double[] x) => type == NumberType.Binary64
        ? Values<double>(x, (input, output) =>
            definition.Backward(input, Ones<double>(x.Length), output, x.Length, ActivationArguments.Constants<double>(parameters)))
        : Values<float>(x, (input, output) =>
            definition.Backward(input, Ones<float>(x.Length), output, x.Length, ActivationArguments.Constants<float>(Single(parameters))));

    /// <summary>The distance of a result from what it should be, in units of the type's last place.</summary>
    public double Units(double result, DoubleDouble expected) => type == NumberType.Binary64
        ? ErrorMeasure.Units(result, expected)
        : ErrorMeasure.Units((float)result, expected.ToDouble());

    private static float[] Single(double[] values) => [.. values.Select(v => (float)v)];

    private static T[] Ones<T>(int count)
        where T : struct, System.Numerics.INumber<T>
    {
        T[] ones = new T[count];
        Array.Fill(ones, T.One);
        return ones;
    }

    private static double[] Values<T>(double[] x, Action<T[], T[]> kernel)
        where T : struct, System.Numerics.INumber<T>
    {
        T[] input = [.. x.Select(T.CreateTruncating)];
        T[] output = new T[x.Length];
        kernel(input, output);
        return [.. output.Select(double.CreateTruncating)];
    }
}
