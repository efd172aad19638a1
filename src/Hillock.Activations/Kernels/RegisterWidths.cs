using System.Runtime.Intrinsics;
using Hillock.Activations.Numbers;

namespace Hillock.Activations.Kernels;

/// <summary>What registers this machine has.</summary>
internal static class RegisterWidths
{
    /// <summary>The widest.</summary>
    public static RegisterWidth Best =>
        Vector512.IsHardwareAccelerated ? RegisterWidth.Bits512 :
        Vector256.IsHardwareAccelerated ? RegisterWidth.Bits256 :
        Vector128.IsHardwareAccelerated ? RegisterWidth.Bits128 : RegisterWidth.Scalar;

    /// <summary>Hands the registers of a width to a visitor, whose work is compiled for each of them.</summary>
    public static void Visit<TVisitor>(this RegisterWidth width, in TVisitor visitor)
        where TVisitor : struct, IRegisterVisitor, allows ref struct
    {
        switch (width)
        {
            case RegisterWidth.Bits512:
                visitor.Visit<SingleLanes16, DoubleLanes8>();
                break;
            case RegisterWidth.Bits256:
                visitor.Visit<SingleLanes8, DoubleLanes4>();
                break;
            case RegisterWidth.Bits128:
                visitor.Visit<SingleLanes4, DoubleLanes2>();
                break;
            default:
                visitor.Visit<SingleLanes1, DoubleLanes1>();
                break;
        }
    }
}

/// <summary>Work to be done in registers of some width.</summary>
internal interface IRegisterVisitor
{
    /// <summary>Does the work.</summary>
    /// <typeparam name="F">The register of floats.</typeparam>
    /// <typeparam name="V">The register of doubles of the same width.</typeparam>
    void Visit<F, V>()
        where F : struct, ISingleLanes<F>
        where V : struct, IDoubleLanes<V>;
}
