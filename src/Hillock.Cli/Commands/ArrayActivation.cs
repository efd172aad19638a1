using System.Numerics;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Interchange.Npy;

namespace Hillock.Cli.Commands;

/// <summary>An activation over whole arrays. Forward and backward pass see the same draws, and the bits do not depend on the threads.</summary>
/// <param name="activation">The activation.</param>
/// <param name="axis">The axis along which functions of rows run; negative ones count from the end.</param>
/// <param name="seed">Where the draws of random parameters start; null for their means.</param>
/// <param name="threads">How many threads may share the work.</param>
internal sealed class ArrayActivation(Activation activation, int axis, ulong? seed, int threads)
{
    private readonly ActivationDefinition _definition = activation.Definition;

    /// <summary>The shape of the outputs.</summary>
    /// <exception cref="ArgumentException">The function does not run along the axis.</exception>
    public int[] OutputShape(NpyArray input) => activation.Definition.IsElementwise ? [.. input.Shape] : activation.OutputShape([.. input.Shape], axis);

    /// <summary>The outputs.</summary>
    public NpyArray Forward(NpyArray input)
    {
        int[] shape = OutputShape(input);
        int count = checked(shape.Aggregate(1, (product, length) => product * length));
        if (input is NpyArray<float> floats)
        {
            float[] output = new float[count];
            _definition.Forward(floats.Values, output, [.. input.Shape], Axis, Arguments(Values<float>(count)), threads);
            return new NpyArray<float>(shape, output);
        }

        double[] outputs = new double[count];
        _definition.Forward(((NpyArray<double>)input).Values, outputs, [.. input.Shape], Axis, Arguments(Values<double>(count)), threads);
        return new NpyArray<double>(shape, outputs);
    }

    /// <summary>The gradient of the inputs.</summary>
    public NpyArray Backward(NpyArray input, NpyArray gradient)
    {
        if (input is NpyArray<float> floats)
        {
            float[] result = new float[floats.Values.Length];
            float[] gradients = ((NpyArray<float>)gradient).Values;
            _definition.Backward(floats.Values, gradients, result, [.. input.Shape], Axis, Arguments(Values<float>(gradients.Length)), threads);
            return new NpyArray<float>(input.Shape, result);
        }

        double[] inputs = ((NpyArray<double>)input).Values;
        double[] results = new double[inputs.Length];
        double[] wide = ((NpyArray<double>)gradient).Values;
        _definition.Backward(inputs, wide, results, [.. input.Shape], Axis, Arguments(Values<double>(wide.Length)), threads);
        return new NpyArray<double>(input.Shape, results);
    }

    // Any will do for an element-wise function.
    private int Axis => _definition.IsElementwise ? -1 : axis;

    private ActivationArguments<T> Arguments<T>(T[][] values)
        where T : struct
    {
        ActivationArguments<T> arguments = new() { OneForEach = seed is not null && activation.Modes.Any(IsDrawn) };
        for (int p = 0; p < values.Length; p++)
        {
            arguments = arguments.With(p, values[p]);
        }

        return arguments;
    }

    /// <summary>The values of every parameter: drawn for each output in training where it is random, one value otherwise.</summary>
    private T[][] Values<T>(int count)
        where T : struct, INumber<T> => [.. activation.Modes.Select((mode, i) => IsDrawn(mode) && seed is { } start
            ? Draw<T>(new RandomStream(RandomKey.FromSeed(start).Derive("draws").Derive(i)), mode, count)
            : [T.CreateTruncating(mode.EvaluationValue)])];

    private static bool IsDrawn(ParameterMode mode) => mode is ParameterMode.Random or ParameterMode.Normal;

    /// <summary>Floats and doubles see the same draws.</summary>
    private static T[] Draw<T>(RandomStream stream, ParameterMode mode, int count)
        where T : struct, INumber<T>
    {
        float[] draws = new float[count];
        if (mode is ParameterMode.Random random)
        {
            stream.FillUniform(draws, (float)random.Lower, (float)random.Upper);
        }
        else if (mode is ParameterMode.Normal normal)
        {
            stream.FillNormal(draws, normal.Mean, normal.Deviation);
        }

        return draws as T[] ?? [.. draws.Select(T.CreateChecked)];
    }
}
