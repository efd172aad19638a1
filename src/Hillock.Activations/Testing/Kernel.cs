using System.Numerics;
using Hillock.Activations.Catalogue;

namespace Hillock.Activations.Testing;

/// <summary>The passes of an activation with its parameters fixed, over arrays.</summary>
internal sealed class Kernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ActivationDefinition _definition;

    private Kernel(ActivationDefinition definition, T[] parameters)
    {
        _definition = definition;
        Parameters = parameters;
    }

    /// <summary>The values of the parameters.</summary>
    public T[] Parameters { get; }

    /// <summary>The kernel with the defaults, rounded to float as the networks have them.</summary>
    public static Kernel<T> Of(ActivationDefinition definition) =>
        new(definition, [.. definition.Facts.Parameters.Select(p => T.CreateTruncating((float)p.Default))]);

    /// <summary>The kernel with one parameter moved.</summary>
    public Kernel<T> With(int parameter, T by)
    {
        T[] parameters = [.. Parameters];
        parameters[parameter] += by;
        return new(_definition, parameters);
    }

    /// <summary>The values.</summary>
    public T[] Value(T[] x)
    {
        T[] result = [.. x];
        ValueInto(x, result);
        return result;
    }

    /// <summary>The values, over the inputs.</summary>
    public void ValueInPlace(T[] x) => ValueInto(x, x);

    /// <summary>The derivatives.</summary>
    public T[] Slope(T[] x)
    {
        T[] ones = Ones(x.Length);
        if (x is float[] floats)
        {
            float[] gradient = (float[])(object)ones;
            _definition.Backward(floats, gradient, gradient, x.Length, ActivationArguments.Constants<float>((float[])(object)Parameters));
        }
        else
        {
            double[] gradient = (double[])(object)ones;
            _definition.Backward((double[])(object)x, gradient, gradient, x.Length, ActivationArguments.Constants<double>((double[])(object)Parameters));
        }

        return ones;
    }

    /// <summary>The values computed beside a mask, and the derivatives from it, in place.</summary>
    public (T[] Value, T[] Slope) WithMask(T[] x)
    {
        T[] value = [.. x];
        T[] slope = Ones(x.Length);
        uint[] mask = new uint[ActivationDefinition.MaskLength(x.Length)];
        if (x is float[])
        {
            ActivationArguments<float> arguments = ActivationArguments.Constants<float>((float[])(object)Parameters);
            _definition.ForwardWithMask((float[])(object)value, (float[])(object)value, mask, arguments);
            _definition.BackwardFromMask(mask, (float[])(object)slope, (float[])(object)slope, arguments);
        }
        else
        {
            ActivationArguments<double> arguments = ActivationArguments.Constants<double>((double[])(object)Parameters);
            _definition.ForwardWithMask((double[])(object)value, (double[])(object)value, mask, arguments);
            _definition.BackwardFromMask(mask, (double[])(object)slope, (double[])(object)slope, arguments);
        }

        return (value, slope);
    }

    /// <summary>The derivatives computed from the values alone.</summary>
    public T[] SlopeFromOutput(T[] y)
    {
        T[] ones = Ones(y.Length);
        if (y is float[] floats)
        {
            float[] gradient = (float[])(object)ones;
            _definition.BackwardFromOutput(floats, gradient, gradient, y.Length, ActivationArguments.Constants<float>((float[])(object)Parameters));
        }
        else
        {
            double[] gradient = (double[])(object)ones;
            _definition.BackwardFromOutput((double[])(object)y, gradient, gradient, y.Length, ActivationArguments.Constants<double>((double[])(object)Parameters));
        }

        return ones;
    }

    /// <summary>The derivatives by a parameter; for doubles.</summary>
    public double[] ByParameter(double[] x, int parameter)
    {
        double[] result = new double[x.Length];
        double[] ones = (double[])(object)Ones(x.Length);
        _definition.Backward(
            x, ones, [], x.Length, ActivationArguments.Constants<double>((double[])(object)Parameters), default(ParameterGradients<double>).With(parameter, result));
        return result;
    }

    /// <summary>The derivatives and, with them, those by a parameter; for floats.</summary>
    public float[] SlopeWith(float[] x, int parameter, out float[] byParameter, out float sum)
    {
        float[] slope = (float[])(object)Ones(x.Length);
        byParameter = new float[x.Length];
        ActivationArguments<float> arguments = ActivationArguments.Constants<float>((float[])(object)Parameters);
        _definition.Backward(x, slope, [], x.Length, arguments, default(ParameterGradients<float>).With(parameter, byParameter));
        Span<float> total = stackalloc float[1];
        _definition.Backward(x, slope, slope, x.Length, arguments, default(ParameterGradients<float>).With(parameter, total));
        sum = total[0];
        return slope;
    }

    private static T[] Ones(int length)
    {
        T[] ones = new T[length];
        Array.Fill(ones, T.One);
        return ones;
    }

    private void ValueInto(T[] x, T[] result)
    {
        if (x is float[] floats)
        {
            _definition.Forward(floats, (float[])(object)result, x.Length, ActivationArguments.Constants<float>((float[])(object)Parameters));
        }
        else
        {
            _definition.Forward((double[])(object)x, (double[])(object)result, x.Length, ActivationArguments.Constants<double>((double[])(object)Parameters));
        }
    }
}
