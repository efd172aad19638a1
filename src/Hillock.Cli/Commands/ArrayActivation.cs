using System.Numerics;
using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Random;
using Hillock.Interchange.Npy;

namespace Hillock.Cli.Commands;

/// <summary>An activation over whole arrays. Forward and backward pass see the same draws, and the bits do not depend on the threads.</summary>
/// <param name="activation">The activation; functions of rows run over the last axis.</param>
/// <param name="seed">Where the draws of random parameters start; null for their means.</param>
/// <param name="threads">How many threads may share the work.</param>
internal sealed class ArrayActivation(Activation activation, ulong? seed, int threads)
{
    private readonly ActivationDefinition _definition = activation.Definition;

    /// <summary>The outputs.</summary>
    public NpyArray Forward(NpyArray input)
    {
        if (input is NpyArray<float> floats)
        {
            float[] output = new float[floats.Values.Length];
            _definition.Forward(floats.Values, output, input.RowLength, Arguments(Values<float>(output.Length)), threads);
            return new NpyArray<float>(input.Shape, output);
        }

        double[] inputs = ((NpyArray<double>)input).Values;
        double[] outputs = new double[inputs.Length];
        _definition.Forward(inputs, outputs, input.RowLength, Arguments(Values<double>(outputs.Length)), threads);
        return new NpyArray<double>(input.Shape, outputs);
    }

    /// <summary>The gradient of the inputs.</summary>
    public NpyArray Backward(NpyArray input, NpyArray gradient)
    {
        if (input is NpyArray<float> floats)
        {
            float[] result = new float[floats.Values.Length];
            _definition.Backward(
                floats.Values, ((NpyArray<float>)gradient).Values, result, input.RowLength, Arguments(Values<float>(result.Length)), threads);
            return new NpyArray<float>(input.Shape, result);
        }

        double[] inputs = ((NpyArray<double>)input).Values;
        double[] results = new double[inputs.Length];
        _definition.Backward(
            inputs, ((NpyArray<double>)gradient).Values, results, input.RowLength, Arguments(Values<double>(results.Length)), threads);
        return new NpyArray<double>(input.Shape, results);
    }

    private static ActivationArguments<T> Arguments<T>(T[][] values)
        where T : struct => new(
            values.ElementAtOrDefault(0), values.ElementAtOrDefault(1), values.ElementAtOrDefault(2), values.ElementAtOrDefault(3));

    /// <summary>The values of every parameter: drawn for each element in training where it is random, one value otherwise.</summary>
    private T[][] Values<T>(int count)
        where T : struct, INumber<T> => [.. activation.Modes.Select((mode, i) => mode is ParameterMode.Random or ParameterMode.Normal && seed is { } start
            ? Draw<T>(new RandomStream(RandomKey.FromSeed(start).Derive("draws").Derive(i)), mode, count)
            : [T.CreateTruncating(mode.EvaluationValue)])];

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
