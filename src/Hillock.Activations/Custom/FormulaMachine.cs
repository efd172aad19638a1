using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Custom;

/// <summary>Runs programs over spans, tile by tile.</summary>
/// <typeparam name="T">The number type: its primitives are those of the catalogue's kernels.</typeparam>
/// <typeparam name="V">The register of doubles below it.</typeparam>
/// <typeparam name="TScalar">What memory holds.</typeparam>
internal static unsafe partial class FormulaMachine<T, V, TScalar>
    where T : struct, IReal<T>, IRegister<T, double>
    where V : struct, IDoubleLanes<V>
    where TScalar : unmanaged
{
    private const int TileLength = FormulaProgram.TileLength;

    /// <summary>Registers are read and written where they do not cross a line of the cache.</summary>
    private const int Alignment = 64;

    /// <summary>Computes values or, where there is a gradient, its products with the derivative.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="input">The inputs.</param>
    /// <param name="gradient">The gradient of the outputs; empty for values.</param>
    /// <param name="result">Receives the results; may be the memory of either.</param>
    /// <param name="parameters">The parameters: one value each or one for each element.</param>
    /// <param name="limits">The function at infinity.</param>
    public static void Run(
        FormulaProgram program,
        ReadOnlySpan<TScalar> input,
        ReadOnlySpan<TScalar> gradient,
        Span<TScalar> result,
        in FormulaArguments<TScalar> parameters,
        FormulaLimits limits)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(program.FrameLength + (Alignment / sizeof(double)));
        fixed (double* memory = rented)
        {
            double* frame = (double*)(((nint)memory + Alignment - 1) & -Alignment);
            foreach ((int offset, double value) in program.Numbers)
            {
                Fill(frame + offset, value);
            }

            for (int p = 0; p < parameters.Count; p++)
            {
                if (!parameters.PerElement(p))
                {
                    Fill(frame + program.ParameterOffset + (p * TileLength), Widen(parameters[p][0]));
                }
            }

            Step* steps = stackalloc Step[program.Instructions.Length];
            Span<Step> all = new(steps, program.Instructions.Length);
            Locate(program.Instructions, frame, parameters, all);
            Operands output = Locate(frame, program.Output, parameters);
            double* x = frame + program.InputOffset;
            for (int start = 0; start < input.Length; start += TileLength)
            {
                int length = Math.Min(TileLength, input.Length - start);
                Load(input.Slice(start, length), x);
                for (int p = 0; p < parameters.Count; p++)
                {
                    if (parameters.PerElement(p))
                    {
                        Load(parameters[p].Slice(start, length), frame + program.ParameterOffset + (p * TileLength));
                    }
                }

                ReadOnlySpan<TScalar> factors = gradient.IsEmpty ? default : gradient.Slice(start, length);
                if (HoldsInfinity(input.Slice(start, length)))
                {
                    RunWithInfinities(all, x, output, factors, result.Slice(start, length), frame + program.ParameterOffset, parameters, limits);
                }
                else
                {
                    RunTile(all, x, output, factors, result.Slice(start, length));
                }
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTile(Span<Step> steps, double* x, Operands output, ReadOnlySpan<TScalar> gradient, Span<TScalar> result)
    {
        int rounded = (result.Length + V.Count - 1) / V.Count * V.Count;
        foreach (ref Step step in steps)
        {
            step.Length = rounded;
            Operations.Visit(step.Operation, ref step);
        }

        fixed (TScalar* factors = gradient, to = result)
        {
            int whole = result.Length - (result.Length % V.Count);
            Finish(x, output, 0, whole, factors, to);
            if (whole < result.Length)
            {
                TScalar* padded = stackalloc TScalar[2 * V.Count];
                for (int i = whole; i < gradient.Length; i++)
                {
                    padded[i - whole] = factors[i];
                }

                Finish(x, output, whole, rounded, factors == null ? null : padded - whole, padded + V.Count - whole);
                for (int i = whole; i < result.Length; i++)
                {
                    to[i] = padded[V.Count + i - whole];
                }
            }
        }
    }

    /// <summary>At infinity a composition would meet ∞ - ∞ or 0·∞; there stands the limit instead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunWithInfinities(
        Span<Step> steps,
        double* x,
        Operands output,
        ReadOnlySpan<TScalar> gradient,
        Span<TScalar> result,
        double* parameterTiles,
        in FormulaArguments<TScalar> parameters,
        FormulaLimits limits)
    {
        // The result may be written over the input and the gradient, so the results at infinity are made first.
        Span<double> factors = stackalloc double[result.Length];
        Span<int> signs = stackalloc int[result.Length];
        for (int i = 0; i < result.Length; i++)
        {
            signs[i] = double.IsInfinity(x[i]) ? Math.Sign(x[i]) : 0;
            factors[i] = gradient.IsEmpty ? 1 : Widen(gradient[i]);
            x[i] = signs[i] != 0 ? 0 : x[i];
        }

        RunTile(steps, x, output, gradient, result);
        Span<double> values = stackalloc double[parameters.Count];
        for (int i = 0; i < result.Length; i++)
        {
            if (signs[i] != 0)
            {
                for (int p = 0; p < values.Length; p++)
                {
                    values[p] = parameterTiles[(p * TileLength) + (parameters.PerElement(p) ? i : 0)];
                }

                result[i] = Narrow(factors[i] * limits.At(signs[i] > 0, values));
            }
        }
    }

    /// <summary>Multiplies by the gradient where there is one, carries NaN of the input over, and rounds to what memory holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(double* x, Operands output, int start, int end, TScalar* gradient, TScalar* result)
    {
        Operands values = output;
        if (gradient == null)
        {
            for (nint i = start; i < end; i += V.Count)
            {
                Store(V.KeepNaN(V.Load(ref x[i]), V.Load(ref values.Values[i & values.ValueMask])), result, i);
            }
        }
        else
        {
            for (nint i = start; i < end; i += V.Count)
            {
                V product = Load(gradient, i) * V.Load(ref values.Slopes[i & values.SlopeMask]);
                Store(V.KeepNaN(V.Load(ref x[i]), product), result, i);
            }
        }
    }

    private static void Locate(Instruction[] instructions, double* frame, in FormulaArguments<TScalar> parameters, Span<Step> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            Instruction instruction = instructions[i];
            steps[i] = new Step
            {
                Operation = instruction.Operation,
                WithSlope = instruction.WithSlope,
                A = Locate(frame, instruction.A, parameters),
                B = Locate(frame, instruction.B, parameters),
                C = Locate(frame, instruction.C, parameters),
                Result = Locate(frame, instruction.Result, parameters),
            };
        }
    }

    private static Operands Locate(double* frame, Operand operand, in FormulaArguments<TScalar> parameters) => new()
    {
        Values = frame + operand.Value.Offset,
        ValueMask = Mask(operand.Value, parameters),
        Slopes = frame + operand.Slope.Offset,
        SlopeMask = Mask(operand.Slope, parameters),
    };

    private static nint Mask(Place place, in FormulaArguments<TScalar> parameters) => place.Kind switch
    {
        PlaceKind.Tile => -1,
        PlaceKind.Broadcast => 0,
        _ => parameters.PerElement(place.Parameter) ? -1 : 0,
    };

    private static void Fill(double* register, double value)
    {
        for (int i = 0; i < V.Count; i++)
        {
            register[i] = value;
        }
    }

    private static double Widen(TScalar value) =>
        typeof(TScalar) == typeof(float) ? Unsafe.BitCast<TScalar, float>(value) : Unsafe.BitCast<TScalar, double>(value);

    private static TScalar Narrow(double value) =>
        typeof(TScalar) == typeof(float) ? Unsafe.BitCast<float, TScalar>((float)value) : Unsafe.BitCast<double, TScalar>(value);

    private static bool HoldsInfinity(ReadOnlySpan<TScalar> values) => typeof(TScalar) == typeof(float)
        ? MemoryMarshal.Cast<TScalar, int>(values).ContainsAny(0x7F80_0000, unchecked((int)0xFF80_0000))
        : MemoryMarshal.Cast<TScalar, long>(values).ContainsAny(0x7FF0_0000_0000_0000, unchecked((long)0xFFF0_0000_0000_0000));

    /// <summary>Widens to a tile; a register that is not full is filled up with zeros.</summary>
    private static void Load(ReadOnlySpan<TScalar> source, double* tile)
    {
        fixed (TScalar* from = source)
        {
            int whole = source.Length - (source.Length % V.Count);
            LoadRegisters(from, tile, whole);
            for (int i = whole; i < source.Length; i++)
            {
                tile[i] = Widen(from[i]);
            }

            for (int i = source.Length; i % V.Count != 0; i++)
            {
                tile[i] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadRegisters(TScalar* from, double* tile, int length)
    {
        for (nint i = 0; i < length; i += V.Count)
        {
            V.Store(Load(from, i), ref tile[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load(TScalar* from, nint i) =>
        typeof(TScalar) == typeof(float) ? V.Load(ref ((float*)from)[i]) : V.Load(ref ((double*)from)[i]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V value, TScalar* to, nint i)
    {
        if (typeof(TScalar) == typeof(float))
        {
            V.Store(value, ref ((float*)to)[i]);
        }
        else
        {
            V.Store(value, ref ((double*)to)[i]);
        }
    }
}
