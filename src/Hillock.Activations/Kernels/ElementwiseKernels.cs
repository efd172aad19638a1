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
