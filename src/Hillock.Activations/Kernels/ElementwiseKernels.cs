using Hillock.Activations.Catalogue;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>Chooses the number type in which a formula runs: by the width of the machine's registers and by what accuracy needs.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal static unsafe class ElementwiseKernels<TFormula>
    where TFormula : struct, IElementwiseFormula
{
    /// <summary>Runs a pass over floats.</summary>
    public static void Run(
        Pass pass, RegisterWidth width, float* x, float* gradient, float* result, nint length, ParameterSources<float> sources)
    {
        if (TFormula.FloatArithmeticSuffices)
        {
            switch (width)
            {
                case RegisterWidth.Bits512:
                    Run<NativeSingle<SingleLanes16, DoubleLanes8>, float>(pass, x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits256:
                    Run<NativeSingle<SingleLanes8, DoubleLanes4>, float>(pass, x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits128:
                    Run<NativeSingle<SingleLanes4, DoubleLanes2>, float>(pass, x, gradient, result, length, sources);
                    break;
                default:
                    Run<NativeSingle<SingleLanes1, DoubleLanes1>, float>(pass, x, gradient, result, length, sources);
                    break;
            }
        }
        else if (FloatLanesServe(pass, sources))
        {
            switch (width)
            {
                case RegisterWidth.Bits512:
                    FloatLoops<TFormula, SingleLanes16, DoubleLanes8>.Run(x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits256:
                    FloatLoops<TFormula, SingleLanes8, DoubleLanes4>.Run(x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits128:
                    FloatLoops<TFormula, SingleLanes4, DoubleLanes2>.Run(x, gradient, result, length, sources);
                    break;
                default:
                    FloatLoops<TFormula, SingleLanes1, DoubleLanes1>.Run(x, gradient, result, length, sources);
                    break;
            }
        }
        else
        {
            switch (width)
            {
                case RegisterWidth.Bits512:
                    Run<SingleReal<DoubleLanes8>, float>(pass, x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits256:
                    Run<SingleReal<DoubleLanes4>, float>(pass, x, gradient, result, length, sources);
                    break;
                case RegisterWidth.Bits128:
                    Run<SingleReal<DoubleLanes2>, float>(pass, x, gradient, result, length, sources);
                    break;
                default:
                    Run<SingleReal<DoubleLanes1>, float>(pass, x, gradient, result, length, sources);
                    break;
            }
        }
    }

    /// <summary>Runs a pass over doubles.</summary>
    public static void Run(
        Pass pass, RegisterWidth width, double* x, double* gradient, double* result, nint length, ParameterSources<double> sources)
    {
        switch (width)
        {
            case RegisterWidth.Bits512:
                Run<DoubleReal<DoubleLanes8>, double>(pass, x, gradient, result, length, sources);
                break;
            case RegisterWidth.Bits256:
                Run<DoubleReal<DoubleLanes4>, double>(pass, x, gradient, result, length, sources);
                break;
            case RegisterWidth.Bits128:
                Run<DoubleReal<DoubleLanes2>, double>(pass, x, gradient, result, length, sources);
                break;
            default:
                Run<DoubleReal<DoubleLanes1>, double>(pass, x, gradient, result, length, sources);
                break;
        }
    }

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
            case Pass.Backward:
                RunBackward<T, TScalar>(x, gradient, result, length, sources);
                break;
            case Pass.ByFirst:
                RunByParameter<T, TScalar, First>(x, gradient, result, length, sources);
                break;
            case Pass.BySecond:
                RunByParameter<T, TScalar, Second>(x, gradient, result, length, sources);
                break;
            case Pass.ByThird:
                RunByParameter<T, TScalar, Third>(x, gradient, result, length, sources);
                break;
            case Pass.ByFourth:
                RunByParameter<T, TScalar, Fourth>(x, gradient, result, length, sources);
                break;
            default:
                RunByLater<T, TScalar>(pass, x, gradient, result, length, sources);
                break;
        }
    }

    private static void RunByLater<T, TScalar>(
        Pass pass, TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
    {
        if (!TFormula.HasManyParameters)
        {
            throw new InvalidOperationException("a formula of more than four parameters must say so: HasManyParameters");
        }

        switch (pass)
        {
            case Pass.ByFifth:
                RunByParameter<T, TScalar, Fifth>(x, gradient, result, length, sources);
                break;
            case Pass.BySixth:
                RunByParameter<T, TScalar, Sixth>(x, gradient, result, length, sources);
                break;
            case Pass.BySeventh:
                RunByParameter<T, TScalar, Seventh>(x, gradient, result, length, sources);
                break;
            case Pass.ByEighth:
                RunByParameter<T, TScalar, Eighth>(x, gradient, result, length, sources);
                break;
            case Pass.ByNinth:
                RunByParameter<T, TScalar, Ninth>(x, gradient, result, length, sources);
                break;
            case Pass.ByTenth:
                RunByParameter<T, TScalar, Tenth>(x, gradient, result, length, sources);
                break;
            case Pass.ByEleventh:
                RunByParameter<T, TScalar, Eleventh>(x, gradient, result, length, sources);
                break;
            default:
                RunByParameter<T, TScalar, Twelfth>(x, gradient, result, length, sources);
                break;
        }
    }

    private static void RunByParameter<T, TScalar, TIndex>(
        TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
        where TIndex : struct, IParameterIndex
    {
        if (TFormula.HasManyParameters)
        {
            ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.ByParameter<TIndex, ManyParameters>>(
                x, gradient, result, length, sources);
        }
        else
        {
            ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.ByParameter<TIndex, FewParameters>>(
                x, gradient, result, length, sources);
        }
    }

    private static void RunBackward<T, TScalar>(TScalar* x, TScalar* gradient, TScalar* result, nint length, ParameterSources<TScalar> sources)
        where T : struct, IReal<T>, IRegister<T, TScalar>
        where TScalar : unmanaged
    {
        if (TFormula.HasManyParameters)
        {
            ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.Backward<ManyParameters>>(x, gradient, result, length, sources);
        }
        else
        {
            ElementwiseLoops<TFormula, T, TScalar>.Run<ElementwiseLoops<TFormula, T, TScalar>.Backward<FewParameters>>(x, gradient, result, length, sources);
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

    private readonly struct Fifth : IParameterIndex
    {
        public static int Index => 4;
    }

    private readonly struct Sixth : IParameterIndex
    {
        public static int Index => 5;
    }

    private readonly struct Seventh : IParameterIndex
    {
        public static int Index => 6;
    }

    private readonly struct Eighth : IParameterIndex
    {
        public static int Index => 7;
    }

    private readonly struct Ninth : IParameterIndex
    {
        public static int Index => 8;
    }

    private readonly struct Tenth : IParameterIndex
    {
        public static int Index => 9;
    }

    private readonly struct Eleventh : IParameterIndex
    {
        public static int Index => 10;
    }

    private readonly struct Twelfth : IParameterIndex
    {
        public static int Index => 11;
    }
}
