using System.Runtime.CompilerServices;
using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>Chooses the number type in which a formula runs: by the width of the machine's registers and by what accuracy needs.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal static unsafe class ElementwiseKernels<TFormula>
    where TFormula : struct, IElementwiseFormula
{
    /// <summary>Runs a pass over floats or doubles.</summary>
    public static void Run<TScalar>(
        Pass pass, RegisterWidth width, TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where TScalar : unmanaged =>
        width.Visit(new Elements<TScalar>(pass, x, gradient, result, length, sources));

    /// <summary>Multiplies gradients by derivatives of outputs, in floats or doubles: <see cref="IElementwiseFormula.SlopeOfOutput{T}"/>.</summary>
    public static void RunFromOutput<TScalar>(RegisterWidth width, TScalar* y, TScalar* gradient, TScalar* result, nint length)
        where TScalar : unmanaged =>
        width.Visit(new Outputs<TScalar>(y, gradient, result, length));

    /// <summary>Computes values and the mask of the slopes, in floats or doubles: <see cref="IElementwiseFormula.HasTwoSlopes"/>.</summary>
    public static void RunWithMask<TScalar>(
        RegisterWidth width, TScalar* x, TScalar* result, uint* mask, nint length, ParameterSources<TScalar> sources)
        where TScalar : unmanaged =>
        width.Visit(new Masked<TScalar>(x, result, mask, length, sources));

    /// <summary>The slope where it is not 1 of a formula that has two.</summary>
    public static TScalar OtherSlope<TScalar>(ParameterSources<TScalar> sources)
        where TScalar : unmanaged
    {
        if (typeof(TScalar) == typeof(double))
        {
            P<DoubleReal<DoubleLanes1>> doubles = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<double>>(sources).Few<DoubleReal<DoubleLanes1>>(0);
            double wide = 0;
            DoubleReal<DoubleLanes1>.Store(TFormula.OtherSlope(doubles), ref wide);
            return Unsafe.BitCast<double, TScalar>(wide);
        }

        P<NativeSingle<SingleLanes1, DoubleLanes1>> floats =
            Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<float>>(sources).Few<NativeSingle<SingleLanes1, DoubleLanes1>>(0);
        float narrow = 0;
        NativeSingle<SingleLanes1, DoubleLanes1>.Store(TFormula.OtherSlope(floats), ref narrow);
        return Unsafe.BitCast<float, TScalar>(narrow);
    }

    /// <summary>
    /// Gives the gradient by a parameter, and where <paramref name="result"/> is not null also that by the inputs: of one evaluation of the formula, unless the input's is a
    /// computation of its own.
    /// </summary>
    /// <returns>The sum over all elements; 0 where <paramref name="contributions"/> receives the gradient for each.</returns>
    public static double RunByParameter<TScalar>(
        int parameter, RegisterWidth width, TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, nint length, ParameterSources<TScalar> sources)
        where TScalar : unmanaged
    {
        double sum = 0;
        width.Visit(new Parameters<TScalar>(parameter, x, gradient, result, contributions, length, sources, &sum));
        return sum;
    }

    /// <summary>Gives the gradient by one of many parameters for each element, or where <paramref name="contributions"/> is null the sums of those by all.</summary>
    public static void RunStated<TScalar>(
        int parameter, RegisterWidth width, TScalar* x, TScalar* gradient, TScalar* contributions, Span<double> sums, nint length, ParameterSources<TScalar> sources)
        where TScalar : unmanaged =>
        width.Visit(new Stated<TScalar>(parameter, x, gradient, contributions, sums, length, sources));

    private static void RunFromOutput<T, TScalar>(TScalar* y, TScalar* gradient, TScalar* result, nint length)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged =>
        ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.BackwardFromOutput>(y, gradient, result, length, default);

    private static bool FloatLanesServe(Pass pass, in ParameterSources<float> sources) =>
        TFormula.FloatRange > 0
        && (pass == Pass.Forward || (pass == Pass.Backward && TFormula.FloatSlope))
        && !sources.AnyPerElement
        && TFormula.FloatLanesSuffice(sources.Constants);

    private static void Run<T, TScalar>(
        Pass pass, TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
    {
        switch (pass)
        {
            case Pass.Forward:
                ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.Forward>(x, gradient, result, length, sources);
                break;
            default:
                ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.Backward>(x, gradient, result, length, sources);
                break;
        }
    }

    private static void RunDoubles<V>(Pass pass, double* x, double* gradient, double* result, nint length, ParameterSources<double> sources)
        where V : struct, IDoubleLanes<V>
    {
        if (TFormula.HasDoubleValue && pass == Pass.Forward)
        {
            ElementwiseLoops<TFormula, DoubleReal<V>, double>.Run<DoublePasses<TFormula, V>.Forward>(x, gradient, result, length, sources);
        }
        else if (TFormula.HasDoubleValue && pass == Pass.Backward)
        {
            ElementwiseLoops<TFormula, DoubleReal<V>, double>.Run<DoublePasses<TFormula, V>.Backward>(x, gradient, result, length, sources);
        }
        else
        {
            Run<DoubleReal<V>, double>(pass, x, gradient, result, length, sources);
        }
    }

    private static double Alone<T, TScalar, TSums>(
        int parameter, TScalar* x, TScalar* gradient, TScalar* contributions, nint length, ParameterSources<TScalar> sources)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
        where TSums : struct, IRegisterSums<T> => parameter switch
        {
            0 => ParameterLoops<TFormula, T, TScalar, TSums>.Run<ParameterLoops<TFormula, T, TScalar, TSums>.Alone<First>>(x, gradient, null, contributions, length, sources),
            1 => ParameterLoops<TFormula, T, TScalar, TSums>.Run<ParameterLoops<TFormula, T, TScalar, TSums>.Alone<Second>>(x, gradient, null, contributions, length, sources),
            2 => ParameterLoops<TFormula, T, TScalar, TSums>.Run<ParameterLoops<TFormula, T, TScalar, TSums>.Alone<Third>>(x, gradient, null, contributions, length, sources),
            _ => ParameterLoops<TFormula, T, TScalar, TSums>.Run<ParameterLoops<TFormula, T, TScalar, TSums>.Alone<Fourth>>(x, gradient, null, contributions, length, sources),
        };

    private static double Joint<T, TSums>(
        int parameter, float* x, float* gradient, float* result, float* contributions, nint length, ParameterSources<float> sources)
        where T : struct, IReal<T>, IRegister<T, float>
        where TSums : struct, IRegisterSums<T> => parameter switch
        {
            0 => ParameterLoops<TFormula, T, float, TSums>.Run<ParameterLoops<TFormula, T, float, TSums>.Joint<First>>(x, gradient, result, contributions, length, sources),
            1 => ParameterLoops<TFormula, T, float, TSums>.Run<ParameterLoops<TFormula, T, float, TSums>.Joint<Second>>(x, gradient, result, contributions, length, sources),
            2 => ParameterLoops<TFormula, T, float, TSums>.Run<ParameterLoops<TFormula, T, float, TSums>.Joint<Third>>(x, gradient, result, contributions, length, sources),
            _ => ParameterLoops<TFormula, T, float, TSums>.Run<ParameterLoops<TFormula, T, float, TSums>.Joint<Fourth>>(x, gradient, result, contributions, length, sources),
        };

    private readonly struct Elements<TScalar>(Pass pass, TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources) : IRegisterVisitor
        where TScalar : unmanaged
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                ParameterSources<double> doubles = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<double>>(sources);
                RunDoubles<V>(pass, (double*)x, (double*)gradient, (double*)result, length, doubles);
                return;
            }

            ParameterSources<float> floats = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<float>>(sources);
            if (TFormula.FloatArithmeticSuffices)
            {
                Run<NativeSingle<F, V>, float>(pass, (float*)x, (float*)gradient, (float*)result, length, floats);
            }
            else if (FloatLanesServe(pass, floats))
            {
                FloatLoops<TFormula, F, V>.Run((float*)x, (float*)gradient, (float*)result, length, floats);
            }
            else
            {
                Run<SingleReal<V>, float>(pass, (float*)x, (float*)gradient, (float*)result, length, floats);
            }
        }
    }

    private readonly struct Masked<TScalar>(TScalar* x, TScalar* result, uint* mask, nint length, ParameterSources<TScalar> sources) : IRegisterVisitor
        where TScalar : unmanaged
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                ParameterSources<double> doubles = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<double>>(sources);
                MaskLoops<TFormula, DoubleReal<V>, double>.Forward((double*)x, (double*)result, mask, length, doubles);
            }
            else
            {
                ParameterSources<float> floats = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<float>>(sources);
                MaskLoops<TFormula, NativeSingle<F, V>, float>.Forward((float*)x, (float*)result, mask, length, floats);
            }
        }
    }

    private readonly struct Outputs<TScalar>(TScalar* y, TScalar* gradient, TScalar* result, nint length) : IRegisterVisitor
        where TScalar : unmanaged
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                RunFromOutput<DoubleReal<V>, double>((double*)y, (double*)gradient, (double*)result, length);
            }
            else
            {
                RunFromOutput<NativeSingle<F, V>, float>((float*)y, (float*)gradient, (float*)result, length);
            }
        }
    }

    private readonly struct Parameters<TScalar>(
        int parameter, TScalar* x, TScalar* gradient, TScalar* result, TScalar* contributions, nint length, ParameterSources<TScalar> sources, double* sum) : IRegisterVisitor
        where TScalar : unmanaged
    {
        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                // Doubles of a formula often have a derivative of their own, and nobody trains with them.
                ParameterSources<double> doubles = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<double>>(sources);
                *sum = Alone<DoubleReal<V>, double, DoubleSums<V>>(parameter, (double*)x, (double*)gradient, (double*)contributions, length, doubles);
                if (result != null)
                {
                    RunDoubles<V>(Pass.Backward, (double*)x, (double*)gradient, (double*)result, length, doubles);
                }

                return;
            }

            ParameterSources<float> floats = Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<float>>(sources);
            if (TFormula.FloatArithmeticSuffices)
            {
                *sum = Floats<NativeSingle<F, V>, NativeSums<F, V>>(floats);
            }
            else if (result != null && FloatLanesServe(Pass.Backward, floats))
            {
                *sum = Alone<SingleReal<V>, float, DoubleSums<V>>(parameter, (float*)x, (float*)gradient, (float*)contributions, length, floats);
                FloatLoops<TFormula, F, V>.Run((float*)x, (float*)gradient, (float*)result, length, floats);
            }
            else
            {
                *sum = Floats<SingleReal<V>, DoubleSums<V>>(floats);
            }
        }

        private double Floats<T, TSums>(ParameterSources<float> floats)
            where T : struct, IReal<T>, IRegister<T, float>
            where TSums : struct, IRegisterSums<T> =>
            result == null
                ? Alone<T, float, TSums>(parameter, (float*)x, (float*)gradient, (float*)contributions, length, floats)
                : Joint<T, TSums>(parameter, (float*)x, (float*)gradient, (float*)result, (float*)contributions, length, floats);
    }

    private readonly ref struct Stated<TScalar>(
        int parameter, TScalar* x, TScalar* gradient, TScalar* contributions, Span<double> sums, nint length, ParameterSources<TScalar> sources) : IRegisterVisitor
        where TScalar : unmanaged
    {
        private readonly Span<double> _sums = sums;

        public void Visit<F, V>()
            where F : struct, ISingleLanes<F>
            where V : struct, IDoubleLanes<V>
        {
            if (typeof(TScalar) == typeof(double))
            {
                StatedLoops<TFormula, DoubleReal<V>, double, DoubleSums<V>>.Run(
                    (double*)x, (double*)gradient, (double*)contributions, parameter, _sums, length, Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<double>>(sources));
            }
            else
            {
                StatedLoops<TFormula, SingleReal<V>, float, DoubleSums<V>>.Run(
                    (float*)x, (float*)gradient, (float*)contributions, parameter, _sums, length, Unsafe.BitCast<ParameterSources<TScalar>, ParameterSources<float>>(sources));
            }
        }
    }

    private readonly struct First : IParameterIndex
    {
        public static int Index => 0;
    }

    private readonly struct Second : IParameterIndex
    {
        public static int Index => 1;
    }

    private readonly struct Third : IParameterIndex
    {
        public static int Index => 2;
    }

    private readonly struct Fourth : IParameterIndex
    {
        public static int Index => 3;
    }
}
